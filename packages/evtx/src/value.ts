import { CorruptData } from './corrupt.ts';
import { writeAscii, writeDecimal, writeHex, writeHexBytes, writeHexReversed } from './digits.ts';
import { decodeAnsi, decodeUtf16, latin1 } from './text.ts';
import { systemTimeText, writeFileTime } from './time.ts';
import { ValueType } from './value-type.ts';

/** A chunk's bytes in the two views that rendering needs. */
export interface ValueBytes {
  readonly buffer: Buffer;
  readonly view: DataView;
}

/** Bytes that a value of a fixed width takes. */
export const VALUE_WIDTH: Readonly<Record<number, number>> = {
  [ValueType.int8]: 1,
  [ValueType.uint8]: 1,
  [ValueType.int16]: 2,
  [ValueType.uint16]: 2,
  [ValueType.int32]: 4,
  [ValueType.uint32]: 4,
  [ValueType.int64]: 8,
  [ValueType.uint64]: 8,
  [ValueType.real32]: 4,
  [ValueType.real64]: 8,
  [ValueType.bool]: 4,
  [ValueType.guid]: 16,
  [ValueType.fileTime]: 8,
  [ValueType.systemTime]: 16,
  [ValueType.hexInt32]: 4,
  [ValueType.hexInt64]: 8,
};

/** Bytes that the text of a value of `size` bytes takes at most, as ASCII or inside of JSON. */
function textRoom(size: number): number {
  return size * 6 + 64;
}

/** The text that Windows shows for the scalar value of `size` bytes at `start`; a value of no bytes is ''. */
export function renderValue(data: ValueBytes, type: number, start: number, size: number): string {
  if (type === ValueType.string) return decodeUtf16(data.buffer, start, start + size);
  if (type === ValueType.ansiString) return decodeAnsi(data.buffer, start, start + size);
  const room = textRoom(size);
  if (scratch.length < room) scratch = Buffer.allocUnsafe(room);
  return latin1(scratch, 0, writeValue(data, type, start, size, scratch, 0));
}

let scratch = Buffer.allocUnsafe(4_096);

/** Writes the text of a value that is no string: all of it is ASCII. Gives where it stopped. */
export function writeValue(
  data: ValueBytes,
  type: number,
  start: number,
  size: number,
  out: Buffer,
  at: number,
): number {
  const width = VALUE_WIDTH[type];
  if (size === 0 || type === ValueType.null) return at;
  if (width === undefined) return writeSized(data, type, start, size, out, at);
  if (size < width) throw new CorruptData(start, `value of type 0x${type.toString(16)}`, `${width} bytes`, `${size}`);
  return writeFixed(data, type, start, out, at);
}

function writeSized(data: ValueBytes, type: number, start: number, size: number, out: Buffer, at: number): number {
  if (type === ValueType.sid) return writeSid(data.view, start, size, out, at);
  if (type !== ValueType.sizeT) return writeHexBytes(data.buffer, start, start + size, out, at);
  return writeFixed(data, size < 8 ? ValueType.hexInt32 : ValueType.hexInt64, start, out, at);
}

function writeFixed(data: ValueBytes, type: number, start: number, out: Buffer, at: number): number {
  const { view } = data;
  switch (type) {
    case ValueType.uint8:
      return writeDecimal(view.getUint8(start), out, at);
    case ValueType.uint16:
      return writeDecimal(view.getUint16(start, true), out, at);
    case ValueType.uint32:
      return writeDecimal(view.getUint32(start, true), out, at);
    case ValueType.uint64:
      return writeUint64(view, start, out, at);
    case ValueType.guid:
      return writeGuid(data.buffer, start, out, at);
    case ValueType.fileTime:
      return writeFileTime(view.getUint32(start + 4, true), view.getUint32(start, true), out, at);
    case ValueType.hexInt32:
      return writeHex(0, view.getUint32(start, true), out, at);
    case ValueType.hexInt64:
      return writeHex(view.getUint32(start + 4, true), view.getUint32(start, true), out, at);
    default:
      return writeAscii(rareText(view, type, start), out, at);
  }
}

/** The text of types that are seldom met. */
function rareText(view: DataView, type: number, start: number): string {
  switch (type) {
    case ValueType.int8:
      return String(view.getInt8(start));
    case ValueType.int16:
      return String(view.getInt16(start, true));
    case ValueType.int32:
      return String(view.getInt32(start, true));
    case ValueType.int64:
      return String(view.getBigInt64(start, true));
    case ValueType.real32:
      return real32Text(view.getFloat32(start, true));
    case ValueType.real64:
      return realText(view.getFloat64(start, true));
    case ValueType.bool:
      return boolText(view.getInt32(start, true));
    default:
      return systemTimeText(view, start);
  }
}

/** A high half below this keeps a 64-bit number within 2^53. */
const SAFE_HIGH = 2 ** 21;

function writeUint64(view: DataView, start: number, out: Buffer, at: number): number {
  const high = view.getUint32(start + 4, true);
  if (high < SAFE_HIGH) return writeDecimal(high * 2 ** 32 + view.getUint32(start, true), out, at);
  return writeAscii(String(view.getBigUint64(start, true)), out, at);
}

/** Windows writes bit masks into some boolean fields: what is neither 0 nor 1 stays the number it is. */
function boolText(value: number): string {
  if (value === 0) return 'false';
  return value === 1 ? 'true' : String(value);
}

/** The shortest decimal that reads back as the same number; infinities and NaN as the C runtime of Windows has them. */
function realText(value: number): string {
  if (Number.isNaN(value)) return '-1.#IND';
  if (!Number.isFinite(value)) return value < 0 ? '-1.#INF' : '1.#INF';
  return String(value);
}

const MAX_REAL32_DIGITS = 9;

function real32Text(value: number): string {
  for (let digits = 1; Number.isFinite(value) && digits <= MAX_REAL32_DIGITS; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return realText(shorter);
  }
  return realText(value);
}

/** `{XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}`; the first three groups are little-endian. */
function writeGuid(bytes: Buffer, start: number, out: Buffer, at: number): number {
  out[at] = 0x7b;
  let place = writeHexReversed(bytes, start, start + 4, out, at + 1);
  out[place] = DASH;
  place = writeHexReversed(bytes, start + 4, start + 6, out, place + 1);
  out[place] = DASH;
  place = writeHexReversed(bytes, start + 6, start + 8, out, place + 1);
  out[place] = DASH;
  place = writeHexBytes(bytes, start + 8, start + 10, out, place + 1);
  out[place] = DASH;
  place = writeHexBytes(bytes, start + 10, start + 16, out, place + 1);
  out[place] = 0x7d;
  return place + 1;
}

const DASH = 0x2d;

/** Bytes of a SID before its sub-authorities. */
export const SID_HEADER = 8;

/** Bytes of the SID at `start` as its own count of sub-authorities says. */
export function sidSize(view: DataView, start: number): number {
  return SID_HEADER + view.getUint8(start + 1) * 4;
}

/** `S-revision-authority-sub-authorities`; sub-authorities that were cut off are left out. */
function writeSid(view: DataView, start: number, size: number, out: Buffer, at: number): number {
  if (size < SID_HEADER) throw new CorruptData(start, 'SID', `at least ${SID_HEADER} bytes`, `${size}`);
  const end = start + Math.min(size, sidSize(view, start));
  out[at] = 0x53;
  out[at + 1] = DASH;
  let place = writeDecimal(view.getUint8(start), out, at + 2);
  out[place++] = DASH;
  place = writeDecimal(view.getUint16(start + 2) * 2 ** 32 + view.getUint32(start + 4), out, place);
  for (let sub = start + SID_HEADER; sub + 4 <= end; sub += 4) {
    out[place++] = DASH;
    place = writeDecimal(view.getUint32(sub, true), out, place);
  }
  return place;
}
