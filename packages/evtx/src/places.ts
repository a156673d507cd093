import { DEFINITION_HEADER, DEFINITION_SIZE_OFFSET } from './binxml.ts';
import type { ChunkData } from './chunk-data.ts';
import { knownTemplate, type KnownTemplate } from './known-template.ts';
import { NESTED_SLOTS, type Shape } from './shape.ts';
import { Token } from './token.ts';
import { isValueType, ValueType } from './value-type.ts';

/** Where the values of one record lie, by slot. */
interface Places {
  readonly types: Uint8Array;
  readonly starts: Int32Array;
  readonly sizes: Int32Array;
  /** How many slots are filled from 0, and from {@link NESTED_SLOTS}; the others hold what another record had. */
  outer: number;
  inner: number;
}

/** The places of the record that {@link placeRecord} was called for last: one table serves all records, one after the other. */
export const places: Places = {
  types: new Uint8Array(2 * NESTED_SLOTS),
  starts: new Int32Array(2 * NESTED_SLOTS),
  sizes: new Int32Array(2 * NESTED_SLOTS),
  outer: 0,
  inner: 0,
};

/**
 * Finds where the values of the record `[start, end)` lie, and the shape that says what they mean. Undefined where anything
 * about the record is out of the ordinary: then its tree tells, and says what is wrong with it.
 */
export function placeRecord(chunk: ChunkData, start: number, end: number): Shape | undefined {
  const template = templateIn(chunk, placeInstance(chunk, start, end, 0));
  if (template?.shape === undefined) return undefined;
  const slot = template.shape.openings.find((opening) => places.types[opening] === ValueType.binXml);
  if (slot === undefined || slot >= places.outer) return template.shape;
  const from = places.starts[slot]!;
  const nested = templateIn(chunk, placeInstance(chunk, from, from + places.sizes[slot]!, NESTED_SLOTS));
  return nested === undefined ? undefined : template.shapeWith(slot, nested);
}

/** Finds once more where the values of a record lie whose shape is known. */
export function placeAgain(chunk: ChunkData, start: number, end: number, { nestedSlot }: Shape): void {
  placeInstance(chunk, start, end, 0);
  if (nestedSlot < 0) return;
  const from = places.starts[nestedSlot]!;
  placeInstance(chunk, from, from + places.sizes[nestedSlot]!, NESTED_SLOTS);
}

/** Leaves the templates of a record whose shape is known to its tree: read for the shape, they need not be read again. */
export function lendTemplates(chunk: ChunkData, start: number, end: number, { nestedSlot }: Shape): void {
  lend(chunk, placeInstance(chunk, start, end, 0));
  if (nestedSlot < 0) return;
  const from = places.starts[nestedSlot]!;
  lend(chunk, placeInstance(chunk, from, from + places.sizes[nestedSlot]!, NESTED_SLOTS));
}

function lend(chunk: ChunkData, definition: number | undefined): void {
  const known = templateIn(chunk, definition);
  if (known) chunk.templates.set(definition!, known.template);
}

/** Token (1), version (1), template id (4), where it is defined (4). */
const INSTANCE_HEADER = 10;
const FRAGMENT_HEADER_SIZE = 4;
const DESCRIPTOR_SIZE = 4;

/**
 * Reads a BinXML stream that is one instance of a template and nothing else, the form that Windows writes, and gives where
 * the template is defined.
 */
function placeInstance(chunk: ChunkData, start: number, end: number, base: number): number | undefined {
  const { buffer, view } = chunk;
  const token = buffer[start] === Token.fragmentHeader ? start + FRAGMENT_HEADER_SIZE : start;
  let at = token + INSTANCE_HEADER;
  if (at > end || buffer[token] !== Token.templateInstance) return undefined;
  const definition = view.getUint32(at - 4, true);
  if (definition === at) {
    if (at + DEFINITION_HEADER > end) return undefined;
    at += DEFINITION_HEADER + view.getUint32(at + DEFINITION_SIZE_OFFSET, true);
  }
  if (at + 4 > end) return undefined;
  const count = view.getUint32(at, true);
  const after = placeValues(chunk, at + 4, count, end, base);
  if (after === undefined || (after < end && buffer[after] !== Token.endOfStream)) return undefined;
  places.inner = base === 0 ? 0 : count;
  if (base === 0) places.outer = count;
  return definition;
}

/** Reads the descriptors and gives where the last value ends; undefined where one is unknown or does not fit. */
function placeValues(
  { view }: ChunkData,
  descriptors: number,
  count: number,
  end: number,
  base: number,
): number | undefined {
  let start = descriptors + count * DESCRIPTOR_SIZE;
  if (start > end || count > NESTED_SLOTS) return undefined;
  for (let slot = base, at = descriptors; slot < base + count; slot++, at += DESCRIPTOR_SIZE) {
    const type = view.getUint8(at + 2);
    if (!isValueType(type)) return undefined;
    const size = view.getUint16(at, true);
    places.types[slot] = type;
    places.starts[slot] = start;
    places.sizes[slot] = size;
    start += size;
    if (start > end) return undefined;
  }
  return start;
}

function templateIn(chunk: ChunkData, offset: number | undefined): KnownTemplate | undefined {
  if (offset === undefined) return undefined;
  let template = chunk.known.get(offset);
  if (template === undefined && !chunk.known.has(offset)) {
    template = knownTemplate(chunk, offset);
    chunk.known.set(offset, template);
  }
  return template;
}
