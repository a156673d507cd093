import { Loss } from './loss.ts';

/** Size of a header, and what content is padded to. */
export const TAR_BLOCK = 512;
const CHECKSUM_OFFSET = 148;
const CHECKSUM_LENGTH = 8;
const SPACE = 0x20;
const MAX_LENGTH_DIGITS = 15;
/** The first bit of a number that is written in base 256 (GNU). */
const BINARY = 0x80;

/** One 512-byte header (POSIX ustar, GNU tar). */
export interface TarHeader {
  readonly name: string;
  readonly size: number;
  readonly modifiedMs: number;
  /** The type flag: `0` file, `5` folder, `x` pax header … */
  readonly type: string;
}

/** Reads a header block. Throws `Loss` when its checksum or a number in it is wrong. */
export function readTarHeader(block: Buffer): TarHeader {
  if (checksum(block) !== readNumber(block, CHECKSUM_OFFSET, CHECKSUM_LENGTH)) {
    throw damagedTar('a header has a wrong checksum');
  }
  const isPosix = block.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isPosix ? readText(block, 345, 155) : '';
  const name = readText(block, 0, 100);
  const flag = String.fromCharCode(block[156]!);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size: readSize(block),
    modifiedMs: readNumber(block, 136, 12) * 1000,
    type: flag === '\0' ? (name.endsWith('/') ? '5' : '0') : flag,
  };
}

/** Reads the records of a pax header (`27 mtime=1700000000.123\n` …). Ends at the first that is malformed. */
export function readPax(data: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  for (let start = 0; start < data.length;) {
    const space = data.indexOf(SPACE, start);
    const digits = data.toString('latin1', start, Math.min(space, start + MAX_LENGTH_DIGITS + 1));
    const length = /^\d+$/.test(digits) ? Number(digits) : 0;
    const end = start + length;
    if (space < 0 || end <= space || end > data.length) return records;
    const record = data.toString('utf8', space + 1, end - 1);
    const equals = record.indexOf('=');
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1));
    start = end;
  }
  return records;
}

/** Text up to the first NUL. */
export function readText(block: Buffer, offset: number, length: number): string {
  const field = block.subarray(offset, offset + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
}

/** The archive cannot be followed any further. */
export function damagedTar(cause: string): Loss {
  return new Loss(
    'damaged',
    `The rest of the tar archive could not be read: ${cause}. Copy the archive again from its source.`,
  );
}

function readSize(block: Buffer): number {
  const size = readNumber(block, 124, 12);
  if (!Number.isSafeInteger(size) || size < 0) throw damagedTar('a header has no valid size');
  return size;
}

/** Octal text, or base 256 where the first bit is set. */
function readNumber(block: Buffer, offset: number, length: number): number {
  const field = block.subarray(offset, offset + length);
  if ((field[0]! & BINARY) === 0) return Number.parseInt(field.toString('latin1').trim() || '0', 8);
  return field.subarray(1).reduce((value, byte) => value * 256 + byte, field[0]! & 0x3f);
}

/** The sum of all bytes, with the checksum itself taken as spaces. */
function checksum(block: Buffer): number {
  const own = block.subarray(CHECKSUM_OFFSET, CHECKSUM_OFFSET + CHECKSUM_LENGTH);
  const sum = (bytes: Buffer): number => bytes.reduce((total, byte) => total + byte, 0);
  return sum(block) - sum(own) + CHECKSUM_LENGTH * SPACE;
}
