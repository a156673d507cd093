import type { ChunkData } from './chunk-data.ts';
import { places } from './places.ts';
import type { Supply } from './shape.ts';
import { arrayItems } from './template-values.ts';
import type { PlacedValue } from './template.ts';
import { renderValue } from './value.ts';
import { isArray, ValueType } from './value-type.ts';

// What an element or attribute of a shape holds in the record placed last.

/** Whether Windows leaves the element out. */
export function isAbsent({ dependency, isOptional, slot }: Supply): boolean {
  if (dependency >= 0 && places.types[dependency] === ValueType.null) return true;
  return isOptional && places.types[slot] === ValueType.null;
}

/** Whether it gives several values. */
export function isList({ slot }: Supply): boolean {
  return slot >= 0 && isArray(places.types[slot]!);
}

/** Whether it gives a value, be it null. */
export function hasValue(chunk: ChunkData, supply: Supply): boolean {
  if (!supply.skipEmpty || supply.constant !== undefined || isAbsent(supply)) return true;
  if (supply.slot >= 0) return !isEmpty(chunk, supply.slot);
  return supply.parts.some((part) => (typeof part === 'string' ? part !== '' : !isEmpty(chunk, part)));
}

function isEmpty({ buffer }: ChunkData, slot: number): boolean {
  const start = places.starts[slot]!;
  const size = places.sizes[slot]!;
  const type = places.types[slot]!;
  if (type === ValueType.string) return size < 2 || (buffer[start] === 0 && buffer[start + 1] === 0);
  if (type === ValueType.ansiString) return size === 0 || buffer[start] === 0;
  return size === 0 || type === ValueType.null;
}

/** Its text, of a supply that is no list; null where it is absent. */
export function supplyText(chunk: ChunkData, supply: Supply): string | null {
  const { constant, slot } = supply;
  if (constant !== undefined) return constant;
  if (isAbsent(supply)) return null;
  if (slot >= 0) return renderValue(chunk, places.types[slot]!, places.starts[slot]!, places.sizes[slot]!);
  let text = '';
  for (const part of supply.parts) {
    text +=
      typeof part === 'string'
        ? part
        : renderValue(chunk, places.types[part]!, places.starts[part]!, places.sizes[part]!);
  }
  return text;
}

/** The items of a list; an empty one where there are none, for the element stands there all the same. */
export function itemsOf(chunk: ChunkData, { slot }: Supply): readonly PlacedValue[] {
  const array = { type: places.types[slot]!, start: places.starts[slot]!, size: places.sizes[slot]! };
  const items = arrayItems(chunk, array);
  return items.length > 0 ? items : [{ type: ValueType.string, start: 0, size: 0 }];
}
