import { readBinXml, templateAt } from './binxml.ts';
import { checkDepth } from './budget.ts';
import type { ChunkData } from './chunk-data.ts';
import { CorruptData } from './corrupt.ts';
import type { EvtxAttribute, EvtxElement, EvtxNode } from './element.ts';
import { isElement } from './element.ts';
import type {
  AttributeNode,
  ElementNode,
  PlacedValue,
  SubstitutionNode,
  Template,
  TemplateNode,
  TemplateValues,
} from './template.ts';
import { arrayItems, NO_VALUES, valueText, withValue } from './template-values.ts';
import { isArray, ValueType } from './value-type.ts';

/** Turns the BinXML `[start, end)` of a record into its tree. The first element is the event. */
export function readEvent(chunk: ChunkData, start: number, end: number): EvtxElement {
  const nodes: EvtxNode[] = [];
  fillIn(readBinXml(chunk, start, end, 0), { chunk, values: NO_VALUES, depth: 0 }, nodes);
  const root = nodes.find(isElement);
  if (root === undefined || root.children === null) throw new CorruptData(start, 'event', 'an element', 'none');
  return root;
}

/** Where a template is filled in: with which values, and how deep inside others. */
interface Place {
  readonly chunk: ChunkData;
  readonly values: TemplateValues;
  readonly depth: number;
}

function fillIn(template: Template, place: Place, into: EvtxNode[]): void {
  for (const node of template) fillInNode(node, place, into);
}

function fillInNode(node: TemplateNode, place: Place, into: EvtxNode[]): void {
  if (typeof node === 'string') return appendText(into, node, place, 0);
  switch (node.kind) {
    case 'element':
      return appendElement(node, place, into);
    case 'substitution':
      return appendValue(node, place, into);
    case 'instance':
      return appendInstance(node.definition, node.values, place, into);
    case 'instruction':
      into.push(node.instruction);
  }
}

function appendInstance(definition: number, values: TemplateValues, { chunk, depth }: Place, into: EvtxNode[]): void {
  checkDepth(depth + 1, definition);
  fillIn(templateAt(chunk, definition, 0), { chunk, values, depth: depth + 1 }, into);
}

function appendElement(node: ElementNode, place: Place, into: EvtxNode[]): void {
  const { values } = place;
  if (!values.hasArrays) return void into.push(elementOf(node, place));
  const arrays = node.placed.filter((index) => isArray(values.at(index)?.type ?? ValueType.null));
  repeatElement(node, place, [...new Set(arrays)], into);
}

/** One element for each item of the first array, and for each of those one for each item of the next. */
function repeatElement(node: ElementNode, place: Place, arrays: readonly number[], into: EvtxNode[]): void {
  const { chunk, values, depth } = place;
  checkDepth(depth, node.offset);
  const [index, ...others] = arrays;
  const array = index === undefined ? undefined : values.at(index);
  if (index === undefined || array === undefined) return void into.push(elementOf(node, place));
  const items = arrayItems(chunk, array);
  for (const item of items.length > 0 ? items : [EMPTY_STRING]) {
    repeatElement(node, { chunk, values: withValue(values, index, item), depth: depth + 1 }, others, into);
  }
}

/** Stands in for the items of an array without any: the element appears once, empty. */
const EMPTY_STRING: PlacedValue = { type: ValueType.string, start: 0, size: 0 };

function elementOf(node: ElementNode, place: Place): EvtxElement {
  const { chunk, values, depth } = place;
  chunk.budget.spendNode(node.offset);
  checkDepth(depth + 1, node.offset);
  chunk.budget.spendCharacters(node.name.length, node.offset);
  const attributes: EvtxAttribute[] = [];
  for (const attribute of node.attributes) appendAttribute(attribute, place, attributes);
  if (isAbsent(node, values)) return { name: node.name, attributes, children: null };
  const children: EvtxNode[] = [];
  fillIn(node.content, { chunk, values, depth: depth + 1 }, children);
  return { name: node.name, attributes, children };
}

/** Whether Windows leaves the element out: a value that it depends on, or that is all its content, was never set. */
function isAbsent({ dependency, content }: ElementNode, values: TemplateValues): boolean {
  if (dependency >= 0 && isNull(values, dependency)) return true;
  const only = content.length === 1 ? content[0] : undefined;
  if (typeof only !== 'object' || only.kind !== 'substitution') return false;
  return only.optional && isNull(values, only.index);
}

function isNull(values: TemplateValues, index: number): boolean {
  return values.at(index)?.type === ValueType.null;
}

/** An attribute without text is left out, as Windows does. */
function appendAttribute(node: AttributeNode, place: Place, into: EvtxAttribute[]): void {
  const parts: EvtxNode[] = [];
  fillIn(node.value, place, parts);
  let text = '';
  for (const part of parts) if (typeof part === 'string') text += part;
  if (text === '') return;
  place.chunk.budget.spendCharacters(node.name.length, 0);
  into.push([node.name, text]);
}

function appendValue({ index, optional, offset }: SubstitutionNode, place: Place, into: EvtxNode[]): void {
  const { chunk, values, depth } = place;
  const value = values.at(index);
  if (value === undefined) return;
  if (value.type === ValueType.null && optional) return;
  if (value.type !== ValueType.binXml) return appendText(into, valueText(chunk, value), place, offset);
  checkDepth(depth + 1, offset);
  const nested = readBinXml(chunk, value.start, value.start + value.size, depth + 1);
  fillIn(nested, { chunk, values: NO_VALUES, depth: depth + 1 }, into);
}

function appendText(into: EvtxNode[], text: string, { chunk }: Place, offset: number): void {
  chunk.budget.spendNode(offset);
  chunk.budget.spendCharacters(text.length, offset);
  const last = into.at(-1);
  if (typeof last === 'string') into[into.length - 1] = last + text;
  else into.push(text);
}
