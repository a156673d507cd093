import { CorruptData } from './corrupt.ts';
import { decodeAnsi, decodeUtf16 } from './text.ts';
import { fileTimeText, systemTimeText } from './time.ts';
import { ValueType } from './value-type.ts';

/** A chunk's bytes in the two views that rendering needs. */
interface ValueBytes {
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

/** The text that Windows shows for the scalar value of `size` bytes at `start`; a value of no bytes is ''. */
export function renderValue(data: ValueBytes, type: number, start: number, size: number): string {
  const width = VALUE_WIDTH[type];
  if (size === 0 || type === ValueType.null) return '';
  if (width === undefined) return renderSized(data, type, start, size);
  if (size < width) throw new CorruptData(start, `value of type 0x${type.toString(16)}`, `${width} bytes`, `${size}`);
  return renderFixed(data, type, start);
}

function renderSized(data: ValueBytes, type: number, start: number, size: number): string {
  switch (type) {
    case ValueType.string:
      return decodeUtf16(data.buffer, start, start + size);
    case ValueType.ansiString:
      return decodeAnsi(data.buffer, start, start + size);
    case ValueType.sid:
      return sidText(data.view, start, size);
    case ValueType.sizeT:
      return renderFixed(data, size < 8 ? ValueType.hexInt32 : ValueType.hexInt64, start);
    default:
      return data.buffer.toString('hex', start, start + size).toUpperCase();
  }
}

function renderFixed(data: ValueBytes, type: number, start: number): string {
  const { view } = data;
  switch (type) {
    case ValueType.int8:
      return String(view.getInt8(start));
    case ValueType.uint8:
      return String(view.getUint8(start));
    case ValueType.int16:
      return String(view.getInt16(start, true));
    case ValueType.uint16:
      return String(view.getUint16(start, true));
    case ValueType.int32:
      return String(view.getInt32(start, true));
    case ValueType.uint32:
      return String(view.getUint32(start, true));
    case ValueType.int64:
      return String(view.getBigInt64(start, true));
    case ValueType.uint64:
      return String(view.getBigUint64(start, true));
    case ValueType.real32:
      return real32Text(view.getFloat32(start, true));
    case ValueType.real64:
      return realText(view.getFloat64(start, true));
    case ValueType.bool:
      return boolText(view.getInt32(start, true));
    case ValueType.guid:
      return guidText(data, start);
    case ValueType.fileTime:
      return fileTimeText(view.getBigUint64(start, true));
    case ValueType.systemTime:
      return systemTimeText(view, start);
    case ValueType.hexInt32:
      return `0x${view.getUint32(start, true).toString(16)}`;
    default:
      return `0x${view.getBigUint64(start, true).toString(16)}`;
  }
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
function guidText({ buffer, view }: ValueBytes, start: number): string {
  const first = view.getUint32(start, true).toString(16).padStart(8, '0');
  const second = view
    .getUint16(start + 4, true)
    .toString(16)
    .padStart(4, '0');
  const third = view
    .getUint16(start + 6, true)
    .toString(16)
    .padStart(4, '0');
  const fourth = buffer.toString('hex', start + 8, start + 10);
  const last = buffer.toString('hex', start + 10, start + 16);
  return `{${first}-${second}-${third}-${fourth}-${last}}`.toUpperCase();
}

const SID_HEADER = 8;

/** Bytes of the SID at `start` as its own count of sub-authorities says. */
export function sidSize(view: DataView, start: number): number {
  return SID_HEADER + view.getUint8(start + 1) * 4;
}

/** `S-revision-authority-sub-authorities`; sub-authorities that were cut off are left out. */
function sidText(view: DataView, start: number, size: number): string {
  if (size < SID_HEADER) throw new CorruptData(start, 'SID', `at least ${SID_HEADER} bytes`, `${size}`);
  const authority = view.getUint16(start + 2) * 2 ** 32 + view.getUint32(start + 4);
  const end = start + Math.min(size, sidSize(view, start));
  let text = `S-${view.getUint8(start)}-${authority}`;
  for (let at = start + SID_HEADER; at + 4 <= end; at += 4) text += `-${view.getUint32(at, true)}`;
  return text;
}
