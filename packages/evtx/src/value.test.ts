import { describe, expect, it } from 'vitest';
import { CorruptData } from './corrupt.ts';
import { renderValue } from './value.ts';
import { ValueType } from './value-type.ts';

function render(type: number, bytes: readonly number[] | Uint8Array): string {
  const buffer = Buffer.from(bytes);
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  return renderValue({ buffer, view }, type, 0, buffer.length);
}

function bytesOf(write: (buffer: Buffer) => number, size: number): Buffer {
  const buffer = Buffer.alloc(size);
  write(buffer);
  return buffer;
}

const real32 = (value: number): Buffer => bytesOf((buffer) => buffer.writeFloatLE(value), 4);
const real64 = (value: number): Buffer => bytesOf((buffer) => buffer.writeDoubleLE(value), 8);
const units = (text: string): Buffer => Buffer.from(text, 'utf16le');
const GUID = [...Array(16).keys()].map((index) => index * 0x11);
const SID = [1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0xf4, 1, 0, 0];

const CASES: readonly [what: string, type: number, bytes: readonly number[] | Uint8Array, text: string][] = [
  ['NULL, whatever its size', ValueType.null, [1, 2], ''],
  ['a string', ValueType.string, units('naïve 玉'), 'naïve 玉'],
  ['a string up to its NUL', ValueType.string, units('a\0b'), 'a'],
  ['half a surrogate pair', ValueType.string, [0x00, 0xd8, 0x41, 0x00], '\ufffdA'],
  ['a whole surrogate pair', ValueType.string, units('😀'), '😀'],
  ['an ANSI string', ValueType.ansiString, [0x63, 0x61, 0x66, 0xe9, 0x80, 0], 'café€'],
  ['the least int8', ValueType.int8, [0x80], '-128'],
  ['the greatest uint8', ValueType.uint8, [0xff], '255'],
  ['the least int16', ValueType.int16, [0, 0x80], '-32768'],
  ['the greatest uint16', ValueType.uint16, [0xff, 0xff], '65535'],
  ['the least int32', ValueType.int32, [0, 0, 0, 0x80], '-2147483648'],
  ['the greatest uint32', ValueType.uint32, [0xff, 0xff, 0xff, 0xff], '4294967295'],
  ['the least int64', ValueType.int64, [0, 0, 0, 0, 0, 0, 0, 0x80], '-9223372036854775808'],
  ['the greatest uint64', ValueType.uint64, Array<number>(8).fill(0xff), '18446744073709551615'],
  ['a real32 in its own few digits', ValueType.real32, real32(0.1), '0.1'],
  ['a real64', ValueType.real64, real64(-1.5), '-1.5'],
  ['infinity', ValueType.real64, real64(Infinity), '1.#INF'],
  ['negative infinity', ValueType.real32, real32(-Infinity), '-1.#INF'],
  ['what is no number', ValueType.real64, real64(NaN), '-1.#IND'],
  ['false', ValueType.bool, [0, 0, 0, 0], 'false'],
  ['true', ValueType.bool, [1, 0, 0, 0], 'true'],
  ['a bit mask in a boolean', ValueType.bool, [0x10, 0, 0, 0], '16'],
  ['binary', ValueType.binary, [0xde, 0xad], 'DEAD'],
  ['a GUID', ValueType.guid, GUID, '{33221100-5544-7766-8899-AABBCCDDEEFF}'],
  ['a size of 32 bits', ValueType.sizeT, [0x10, 0, 0, 0], '0x10'],
  ['a size of 64 bits', ValueType.sizeT, [0, 0, 0, 0, 1, 0, 0, 0], '0x100000000'],
  ['a SID', ValueType.sid, SID, 'S-1-5-21-1-2-3-500'],
  ['a SID cut off', ValueType.sid, SID.slice(0, 16), 'S-1-5-21-1'],
  ['a SID of a 48-bit authority', ValueType.sid, [1, 0, 1, 0, 0, 0, 0, 0], 'S-1-1099511627776'],
  ['a hex 32', ValueType.hexInt32, [0xef, 0xbe, 0xad, 0xde], '0xdeadbeef'],
  ['a hex 64', ValueType.hexInt64, [0, 0, 0, 0, 0, 0, 0x20, 0x80], '0x8020000000000000'],
  ['a handle', ValueType.handle, [0xab], 'AB'],
  ['any type of no bytes', ValueType.uint32, [], ''],
];

describe('renderValue', () => {
  it.each(CASES)('renders %s', (_, type, bytes, text) => {
    expect(render(type, bytes)).toBe(text);
  });

  it.each([
    ['a uint32 of three bytes', ValueType.uint32, [1, 2, 3]],
    ['a GUID of fifteen', ValueType.guid, GUID.slice(1)],
    ['a SID without its header', ValueType.sid, [1, 1]],
  ])('refuses %s', (_, type, bytes) => {
    expect(() => render(type, bytes)).toThrow(CorruptData);
  });
});
