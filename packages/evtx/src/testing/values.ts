import { ARRAY_FLAG, ValueType } from '../value-type.ts';
import type { SampleElement, SampleValue } from './sample.ts';

/** A value of any type from its bytes, those of an array included. */
export function rawValue(type: number, bytes: Uint8Array | readonly number[]): SampleValue {
  return { type, bytes: Uint8Array.from(bytes) };
}

/** A value that was never set. */
export const nullValue: SampleValue = rawValue(ValueType.null, []);

export function text(value: string): SampleValue {
  return rawValue(ValueType.string, Buffer.from(value, 'utf16le'));
}

export function textArray(values: readonly string[]): SampleValue {
  const joined = values.map((value) => `${value}\0`).join('');
  return rawValue(ValueType.string | ARRAY_FLAG, Buffer.from(joined, 'utf16le'));
}

export function uint8(value: number): SampleValue {
  return rawValue(ValueType.uint8, [value]);
}

export function uint16(value: number): SampleValue {
  return rawValue(ValueType.uint16, new Uint8Array(Uint16Array.of(value).buffer));
}

export function uint32(value: number): SampleValue {
  return rawValue(ValueType.uint32, new Uint8Array(Uint32Array.of(value).buffer));
}

export function uint64(value: bigint): SampleValue {
  return rawValue(ValueType.uint64, new Uint8Array(BigUint64Array.of(value).buffer));
}

export function hexInt64(value: bigint): SampleValue {
  return rawValue(ValueType.hexInt64, uint64(value).bytes);
}

/** A FILETIME: 100 ns steps since 1601-01-01 UTC. */
export function fileTime(value: bigint): SampleValue {
  return rawValue(ValueType.fileTime, uint64(value).bytes);
}

/** A BinXML value that holds one element. */
export function binXml(element: SampleElement): SampleValue {
  return { type: ValueType.binXml, bytes: new Uint8Array(0), element };
}
