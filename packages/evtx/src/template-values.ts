import type { ChunkData } from './chunk-data.ts';
import { CorruptData } from './corrupt.ts';
import type { Cursor } from './cursor.ts';
import type { PlacedValue, TemplateValues } from './template.ts';
import { renderValue, sidSize, VALUE_WIDTH } from './value.ts';
import { ARRAY_FLAG, isArray, isValueType, ValueType } from './value-type.ts';

const DESCRIPTOR_SIZE = 4;

/** The values of an instance without any. */
export const NO_VALUES: TemplateValues = { hasArrays: false, at: () => undefined };

/** The same values but for one. */
export function withValue(values: TemplateValues, changed: number, value: PlacedValue): TemplateValues {
  return { hasArrays: values.hasArrays, at: (index) => (index === changed ? value : values.at(index)) };
}

/** Reads the value descriptors (size, type) and finds the values that follow them. [MS-EVEN6] 2.2.12 TemplateInstanceData */
export function readTemplateValues(chunk: ChunkData, cursor: Cursor): TemplateValues {
  const count = cursor.u32('number of template values');
  const descriptors = cursor.offset;
  let start = cursor.take(count * DESCRIPTOR_SIZE, 'template value descriptors') + count * DESCRIPTOR_SIZE;
  const values: PlacedValue[] = [];
  for (let at = descriptors; at < descriptors + count * DESCRIPTOR_SIZE; at += DESCRIPTOR_SIZE) {
    chunk.budget.spendNode(at);
    const size = cursor.view.getUint16(at, true);
    const type = cursor.view.getUint8(at + 2);
    if (!isValueType(type)) throw new CorruptData(at + 2, 'value type', 'a known type', `0x${type.toString(16)}`);
    values.push({ type, start, size });
    cursor.take(size, 'template value');
    start += size;
  }
  return { hasArrays: values.some((value) => isArray(value.type)), at: (index) => values[index] };
}

/** The text of a value that is no array. */
export function valueText(chunk: ChunkData, { type, start, size }: PlacedValue): string {
  const text = renderValue(chunk, type, start, size);
  chunk.budget.spendCharacters(text.length, start);
  return text;
}

/** The items of an array value, each a value of its own. */
export function arrayItems(chunk: ChunkData, array: PlacedValue): PlacedValue[] {
  const type = array.type & ~ARRAY_FLAG;
  const items: PlacedValue[] = [];
  const end = array.start + array.size;
  for (let start = array.start; start < end;) {
    chunk.budget.spendNode(start);
    const next = Math.min(end, itemEnd(chunk, array, start));
    items.push({ type, start, size: next - start });
    start = next;
  }
  return items;
}

function itemEnd(chunk: ChunkData, array: PlacedValue, start: number): number {
  const type = array.type & ~ARRAY_FLAG;
  const end = array.start + array.size;
  switch (type) {
    case ValueType.string:
      return stringEnd(chunk, start, end, 2);
    case ValueType.ansiString:
      return stringEnd(chunk, start, end, 1);
    case ValueType.sid:
      return start + 1 < end ? start + sidSize(chunk.view, start) : end;
    case ValueType.sizeT:
      return start + (array.size % 8 === 0 ? 8 : 4);
    default:
      return start + (VALUE_WIDTH[type] ?? end - start);
  }
}

/** Behind the NUL that ends the string of units of `width` bytes. */
function stringEnd(chunk: ChunkData, start: number, end: number, width: 1 | 2): number {
  for (let at = start; at + width <= end; at += width) {
    if (chunk.buffer[at] === 0 && (width === 1 || chunk.buffer[at + 1] === 0)) return at + width;
  }
  return end;
}
