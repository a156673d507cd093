import type { ChunkData } from './chunk-data.ts';
import { places } from './places.ts';
import { NESTED_SLOTS, SlotRule, type Shape } from './shape.ts';
import { SID_HEADER, VALUE_WIDTH } from './value.ts';
import { ARRAY_FLAG, ValueType } from './value-type.ts';

/** Characters of the text of any value of a fixed width, at most. */
const MAX_FIXED_TEXT = 64;
/** Characters that a byte of any other value gives, at most. */
const MAX_TEXT_PER_BYTE = 3;

/**
 * Whether every slot of a shape holds what it must, and the tree of such a record could be built: each of its values is
 * sound, and what it would cost at most is left in the chunk's budget (and is spent).
 */
export function arePlacesSound(chunk: ChunkData, shape: Shape): boolean {
  const { slots, rules, placements } = shape;
  let copies = 1;
  let characters = 0;
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index]!;
    if (slot < NESTED_SLOTS ? slot >= places.outer : slot - NESTED_SLOTS >= places.inner) return false;
    const type = places.types[slot]!;
    const size = places.sizes[slot]!;
    if ((type & ARRAY_FLAG) !== 0) {
      if ((rules[index]! & SlotRule.arrayAllowed) === 0) return false;
      const items = countItems(chunk, type & ~ARRAY_FLAG, places.starts[slot]!, size);
      if (items < 0) return false;
      copies += items;
    } else if (!isSound(rules[index]!, type, size)) {
      return false;
    }
    characters += placements[index]! * (MAX_TEXT_PER_BYTE * size + MAX_FIXED_TEXT);
  }
  const nodes = 2 * shape.nodes * copies + places.outer + places.inner;
  return chunk.budget.reserve(nodes, 2 * shape.characters * copies + characters);
}

function isSound(rule: number, type: number, size: number): boolean {
  if (type === ValueType.binXml) return (rule & SlotRule.nested) !== 0;
  if (type === ValueType.null) return (rule & SlotRule.mustBeSet) === 0;
  return size === 0 || size >= LEAST_SIZE[type]!;
}

/** Bytes that a value of a type must have, if it has any. */
const LEAST_SIZE = Uint8Array.from({ length: ARRAY_FLAG }, (_, type) => {
  if (type === ValueType.sid) return SID_HEADER;
  return type === ValueType.sizeT ? VALUE_WIDTH[ValueType.hexInt32]! : (VALUE_WIDTH[type] ?? 0);
});

/** How many items an array has, at most; -1 where one of them might not be sound. */
function countItems({ buffer }: ChunkData, type: number, start: number, size: number): number {
  const width = VALUE_WIDTH[type];
  if (width !== undefined) return size % width === 0 ? size / width : -1;
  if (type !== ValueType.string) return -1;
  let items = 1;
  for (let at = start; at + 1 < start + size; at += 2) if (buffer[at] === 0 && buffer[at + 1] === 0) items++;
  return items;
}
