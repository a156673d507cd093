import { checkDepth } from './budget.ts';
import type { ChunkData } from './chunk-data.ts';
import { CorruptData, hex } from './corrupt.ts';
import type { Cursor } from './cursor.ts';
import type { AttributeNode, ElementNode, SubstitutionNode, Template, TemplateNode } from './template.ts';
import { readTemplateValues } from './template-values.ts';
import { decodeUtf16 } from './text.ts';
import { MORE_FLAG, Token } from './token.ts';
import { isValueType, ValueType } from './value-type.ts';

/** An element's dependency on a value: none. */
const NO_DEPENDENCY = 0xffff;

/** Offset of the next definition (4), GUID (16), size of what follows (4). */
export const DEFINITION_HEADER = 24;
export const DEFINITION_SIZE_OFFSET = 20;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** What a stream needs to know to be read: elements of a template definition say which value they depend on. */
interface Stream {
  readonly chunk: ChunkData;
  readonly cursor: Cursor;
  readonly dependencies: boolean;
  /** Where the names that it uses are referred to, for a template definition. */
  readonly names: NameReference[];
}

/** A definition as it stands in a chunk. */
export interface Definition {
  readonly template: Template;
  readonly names: readonly NameReference[];
}

/** Where in a chunk a name is referred to, and where it lies. */
export interface NameReference {
  readonly at: number;
  readonly name: number;
}

/** Reads the BinXML stream `[start, end)` of a record or of a value. */
export function readBinXml(chunk: ChunkData, start: number, end: number, depth: number): Template {
  return readStream({ chunk, cursor: chunk.cursor(start, end), dependencies: false, names: [] }, depth);
}

/** The template defined at `offset` of the chunk; a definition is read once, and so is one that cannot be read. */
export function templateAt(chunk: ChunkData, offset: number, depth: number): Template {
  const known = chunk.templates.get(offset);
  if (known instanceof CorruptData) throw known;
  if (known !== undefined) return known;
  try {
    const { template } = readDefinition(chunk, offset, depth);
    chunk.templates.set(offset, template);
    return template;
  } catch (error) {
    if (error instanceof CorruptData) chunk.templates.set(offset, error);
    throw error;
  }
}

/** Reads the template definition at `offset` of the chunk. */
export function readDefinition(chunk: ChunkData, offset: number, depth: number): Definition {
  const header = chunk.cursor(offset);
  header.take(DEFINITION_SIZE_OFFSET, 'template definition');
  const size = header.u32('template definition size');
  const cursor = chunk.cursor(header.take(size, 'template definition'), header.offset);
  const names: NameReference[] = [];
  return { template: readStream({ chunk, cursor, dependencies: true, names }, depth), names };
}

/** Reads up to the end of the stream; the token that says so may be missing. */
function readStream(stream: Stream, depth: number): TemplateNode[] {
  const nodes: TemplateNode[] = [];
  while (!stream.cursor.done) {
    const offset = stream.cursor.offset;
    const token = stream.cursor.u8('token');
    if (token === Token.endOfStream) break;
    readNode(stream, token, offset, depth, nodes);
  }
  return nodes;
}

/** Reads what is inside an element, up to and with the token that ends it. */
function readContent(stream: Stream, depth: number): TemplateNode[] {
  const nodes: TemplateNode[] = [];
  checkDepth(depth, stream.cursor.offset);
  for (;;) {
    const offset = stream.cursor.offset;
    const token = stream.cursor.u8('token');
    if (token === Token.endElement) return nodes;
    readNode(stream, token, offset, depth, nodes);
  }
}

function readNode(stream: Stream, token: number, offset: number, depth: number, into: TemplateNode[]): void {
  const { chunk, cursor } = stream;
  chunk.budget.spendNode(offset);
  switch (token & ~MORE_FLAG) {
    case Token.openStartElement:
      into.push(readElement(stream, offset, (token & MORE_FLAG) !== 0, depth));
      return;
    case Token.instructionTarget:
      into.push(readInstruction(stream));
      return;
    case Token.templateInstance:
      into.push(readInstance(stream, offset));
      return;
    case Token.fragmentHeader:
      cursor.take(3, 'fragment header');
      return;
    default:
      into.push(readText(stream, token, offset));
  }
}

/** What may stand in an attribute as well as in an element: text in its forms, and the place of a value. */
function readText(stream: Stream, token: number, offset: number): string | SubstitutionNode {
  const { cursor } = stream;
  switch (token & ~MORE_FLAG) {
    case Token.value:
      return readValueText(stream);
    case Token.cdata:
      return readUnits(stream, 'CDATA section');
    case Token.characterReference:
      return String.fromCharCode(cursor.u16('character reference'));
    case Token.entityReference: {
      const name = nameAt(stream, 'entity name');
      return ENTITIES.get(name) ?? `&${name};`;
    }
    case Token.substitution:
    case Token.optionalSubstitution: {
      const index = cursor.u16('substitution');
      cursor.take(1, 'substitution type');
      return { kind: 'substitution', offset, index, optional: token === Token.optionalSubstitution };
    }
    default:
      throw new CorruptData(offset, 'token', 'a token of BinXML', hex(token));
  }
}

function readElement(stream: Stream, offset: number, hasAttributes: boolean, depth: number): ElementNode {
  const { chunk, cursor, dependencies } = stream;
  const dependency = dependencies ? cursor.u16('element dependency') : NO_DEPENDENCY;
  cursor.take(4, 'element size');
  const name = nameAt(stream, 'element name');
  if (hasAttributes) cursor.take(4, 'attribute list size');
  const attributes: AttributeNode[] = [];
  let token = cursor.u8('token');
  while ((token & ~MORE_FLAG) === Token.attribute) {
    chunk.budget.spendNode(cursor.offset);
    const attribute = { name: nameAt(stream, 'attribute name'), value: [] as TemplateNode[] };
    token = readAttributeValue(stream, attribute.value);
    attributes.push(attribute);
  }
  const content = readElementContent(stream, token, depth);
  const placed = placedIn([...attributes.flatMap((attribute) => attribute.value), ...content]);
  return {
    kind: 'element',
    offset,
    name,
    dependency: dependency === NO_DEPENDENCY ? -1 : dependency,
    attributes,
    content,
    placed,
  };
}

/** Fills in the parts of an attribute's value and gives the token behind it. */
function readAttributeValue(stream: Stream, value: TemplateNode[]): number {
  for (;;) {
    const offset = stream.cursor.offset;
    const token = stream.cursor.u8('token');
    const kind = token & ~MORE_FLAG;
    if (kind === Token.attribute || kind === Token.closeStartElement || kind === Token.closeEmptyElement) return token;
    stream.chunk.budget.spendNode(offset);
    value.push(readText(stream, token, offset));
  }
}

function readElementContent(stream: Stream, token: number, depth: number): TemplateNode[] {
  if (token === Token.closeEmptyElement) return [];
  if (token === Token.closeStartElement) return readContent(stream, depth + 1);
  throw new CorruptData(stream.cursor.offset - 1, 'token', 'the end of an element start', hex(token));
}

function nameAt({ chunk, cursor, names }: Stream, what: string): string {
  const at = cursor.offset;
  const name = chunk.nameAt(cursor, what);
  names.push({ at, name: cursor.view.getUint32(at, true) });
  return name;
}

function placedIn(nodes: readonly TemplateNode[]): number[] {
  return nodes.flatMap((node) => (typeof node === 'object' && node.kind === 'substitution' ? [node.index] : []));
}

function readInstance({ chunk, cursor }: Stream, offset: number): TemplateNode {
  cursor.take(1 + 4, 'template instance');
  const definition = cursor.u32('template definition offset');
  if (definition === cursor.offset) {
    const start = cursor.take(DEFINITION_HEADER, 'template definition');
    cursor.take(cursor.view.getUint32(start + DEFINITION_SIZE_OFFSET, true), 'template definition');
  }
  return { kind: 'instance', offset, definition, values: readTemplateValues(chunk, cursor) };
}

function readInstruction(stream: Stream): TemplateNode {
  const target = nameAt(stream, 'instruction target');
  const offset = stream.cursor.offset;
  const token = stream.cursor.u8('token');
  if (token !== Token.instructionData) throw new CorruptData(offset, 'token', 'instruction data', hex(token));
  return { kind: 'instruction', instruction: { target, data: readUnits(stream, 'instruction data') } };
}

/** Text inside a template is a string with its length; other types are not sized there, so only strings may occur. */
function readValueText(stream: Stream): string {
  const offset = stream.cursor.offset;
  const type = stream.cursor.u8('value type');
  if (type === ValueType.string) return readUnits(stream, 'text');
  throw new CorruptData(offset, 'value type', 'a string', isValueType(type) ? `type ${hex(type)}` : hex(type));
}

function readUnits({ chunk, cursor }: Stream, what: string): string {
  const length = cursor.u16(what) * 2;
  const start = cursor.take(length, what);
  const text = decodeUtf16(chunk.buffer, start, start + length);
  chunk.budget.spendCharacters(text.length, start);
  return text;
}
