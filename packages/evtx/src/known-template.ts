import { DEFINITION_HEADER, DEFINITION_SIZE_OFFSET, readDefinition, type NameReference } from './binxml.ts';
import { NAME_HEADER, type ChunkData } from './chunk-data.ts';
import { compileShape } from './compile-shape.ts';
import { CorruptData } from './corrupt.ts';
import type { Shape } from './shape.ts';
import type { Template } from './template.ts';

/**
 * Every chunk defines its templates anew, and a log has few. A known template is a definition that was read once, kept with
 * its bytes: a definition of another chunk that has the same bytes and names means the same, and need not be read.
 */
export class KnownTemplate {
  readonly template: Template;
  readonly bytes: Buffer;
  readonly #names: readonly KnownName[];
  #shape: Shape | undefined;
  #isCompiled = false;
  readonly #nesting = new Map<number, Map<KnownTemplate, Shape | undefined>>();

  constructor(chunk: ChunkData, offset: number, size: number) {
    const { template, names } = readDefinition(chunk, offset, 0);
    this.template = template;
    this.bytes = Buffer.from(chunk.buffer.subarray(offset, offset + size));
    this.#names = names.map((reference) => knownName(chunk, reference, offset));
  }

  /** The shape of the events that are made of this template alone; undefined where they need their trees. */
  get shape(): Shape | undefined {
    if (!this.#isCompiled) this.#shape = compileShape(this.template, undefined);
    this.#isCompiled = true;
    return this.#shape;
  }

  /** The shape of the events that have the template `nested` in the slot `slot` of this one. */
  shapeWith(slot: number, nested: KnownTemplate): Shape | undefined {
    let shapes = this.#nesting.get(slot);
    if (shapes === undefined) this.#nesting.set(slot, (shapes = new Map()));
    let shape = shapes.get(nested);
    if (shape === undefined && !shapes.has(nested)) {
      shape = compileShape(this.template, { slot, template: nested.template });
      shapes.set(nested, shape);
      account(this.bytes.length + nested.bytes.length);
    }
    return shape;
  }

  /** Whether the definition at `offset` of a chunk is this one: the same bytes but for where its names lie, and the same names. */
  isAt(chunk: ChunkData, offset: number): boolean {
    const { buffer } = chunk;
    let passed = GUID_OFFSET;
    for (const { at, length, isInline, text } of this.#names) {
      if (!sameBytes(this.bytes, passed, at, buffer, offset + passed)) return false;
      const name = chunk.view.getUint32(offset + at, true);
      if ((name === offset + at + 4) !== isInline) return false;
      if (isInline) {
        passed = at + 4 + NAME_LENGTH_OFFSET;
        continue;
      }
      if (name + NAME_HEADER + length > buffer.length) return false;
      if (!sameBytes(text, 0, length + 2, buffer, name + NAME_LENGTH_OFFSET)) return false;
      passed = at + 4;
    }
    return sameBytes(this.bytes, passed, this.bytes.length, buffer, offset + passed);
  }
}

/** A name that a definition refers to. */
interface KnownName {
  /** Where the reference stands, from the definition's start. */
  readonly at: number;
  /** Bytes of the name. */
  readonly length: number;
  /** Whether the name follows the reference. */
  readonly isInline: boolean;
  /** The name with its length in front. */
  readonly text: Buffer;
}

/** In a name, the offset of the next one in its bucket and a hash stand in front of its length. */
const NAME_LENGTH_OFFSET = 6;

/** In a definition, only the offset of the next one in its bucket stands in front of its GUID. */
const GUID_OFFSET = 4;

function knownName({ buffer, view }: ChunkData, { at, name }: NameReference, offset: number): KnownName {
  const start = name + NAME_LENGTH_OFFSET;
  const length = view.getUint16(start, true) * 2;
  const text = Buffer.from(buffer.subarray(start, start + 2 + length));
  return { at: at - offset, length, isInline: name === at + 4, text };
}

function sameBytes(known: Buffer, start: number, end: number, other: Buffer, from: number): boolean {
  for (let index = start, at = from; index < end; index++, at++) if (known[index] !== other[at]) return false;
  return true;
}

/**
 * Bytes of definitions that are kept, those of each shape made of two included. A few hundred templates fit; a log that
 * has more only costs more time.
 */
export const MAX_KNOWN_BYTES = 1 << 21;
/** Definitions with the same GUID and size that are kept: they differ in which of their names follow them. */
export const MAX_VARIANTS = 16;

let knownBytes = 0;
const known = new Map<string, KnownTemplate[]>();

/** The template defined at `offset` of a chunk; undefined where it cannot be read, or is not there. */
export function knownTemplate(chunk: ChunkData, offset: number): KnownTemplate | undefined {
  if (offset + DEFINITION_HEADER > chunk.buffer.length) return undefined;
  const size = DEFINITION_HEADER + chunk.view.getUint32(offset + DEFINITION_SIZE_OFFSET, true);
  if (offset + size > chunk.buffer.length) return undefined;
  const id = chunk.buffer.toString('latin1', offset + GUID_OFFSET, offset + DEFINITION_HEADER);
  const variants = known.get(id);
  return variants?.find((variant) => variant.isAt(chunk, offset)) ?? learn(chunk, offset, size, id);
}

function learn(chunk: ChunkData, offset: number, size: number, id: string): KnownTemplate | undefined {
  try {
    const template = new KnownTemplate(chunk, offset, size);
    account(size);
    const variants = known.get(id) ?? [];
    known.set(id, [template, ...variants.slice(0, MAX_VARIANTS - 1)]);
    return template;
  } catch (error) {
    if (error instanceof CorruptData) return undefined;
    throw error;
  }
}

/** Takes note of what will be kept; beyond the bound all is forgotten and learnt again. */
function account(bytes: number): void {
  knownBytes += bytes;
  if (knownBytes <= MAX_KNOWN_BYTES) return;
  known.clear();
  knownBytes = bytes;
}
