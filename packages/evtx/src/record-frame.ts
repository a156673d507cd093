import { CHUNK_SIZE } from './format.ts';

/** A record where it lies in a chunk, its event not yet read. */
export interface RecordFrame {
  readonly offset: number;
  readonly size: number;
  readonly recordId: bigint;
  /** When it was written, as a FILETIME. */
  readonly written: bigint;
  /**
   * Whether its size can be believed: it stands behind the event once more, or the next record, or the end of all
   * records, follows it. A record that was torn off has it only in front.
   */
  readonly whole: boolean;
}

const SIGNATURE = Buffer.from('**\0\0', 'latin1');
const SIGNATURE_NUMBER = SIGNATURE.readUInt32BE();
/** Signature (4), size (4), record id (8), time written (8). */
export const RECORD_HEADER_SIZE = 24;
/** The size once more, behind the event. */
export const RECORD_TRAILER_SIZE = 4;

const MIN_RECORD_SIZE = RECORD_HEADER_SIZE + RECORD_TRAILER_SIZE;
/** More records do not fit into a chunk, so the next record's number is at most this much higher. */
const MAX_RECORDS = Math.floor(CHUNK_SIZE / MIN_RECORD_SIZE);

/** The record at `offset`, or undefined where there is none with a possible size. */
export function frameAt(chunk: Buffer, offset: number, end: number): RecordFrame | undefined {
  if (offset + RECORD_HEADER_SIZE > end || !isFrameStart(chunk, offset)) return undefined;
  const size = chunk.readUInt32LE(offset + 4);
  const next = offset + size;
  if (size < MIN_RECORD_SIZE || next > end) return undefined;
  const whole = chunk.readUInt32LE(next - RECORD_TRAILER_SIZE) === size || next === end || isFrameStart(chunk, next);
  return {
    offset,
    size,
    recordId: chunk.readBigUInt64LE(offset + 8),
    written: chunk.readBigUInt64LE(offset + 16),
    whole,
  };
}

/** The next whole record behind `offset` whose number can follow `lastId`. */
export function nextFrame(
  chunk: Buffer,
  offset: number,
  end: number,
  lastId: bigint | undefined,
): RecordFrame | undefined {
  for (let at = chunk.indexOf(SIGNATURE, offset + 1); at >= 0 && at < end; at = chunk.indexOf(SIGNATURE, at + 1)) {
    const frame = frameAt(chunk, at, end);
    if (frame?.whole === true && canFollow(frame.recordId, lastId)) return frame;
  }
  return undefined;
}

/** Whether a record's number can come after another's in one chunk. If not, it is what the chunk held long before. */
export function canFollow(id: bigint, lastId: bigint | undefined): boolean {
  return lastId === undefined || (id > lastId && id - lastId <= MAX_RECORDS);
}

/** Whether a record's signature stands at `offset`. */
export function isFrameStart(chunk: Buffer, offset: number): boolean {
  return offset + 4 <= chunk.length && chunk.readUInt32BE(offset) === SIGNATURE_NUMBER;
}

/** Whether any record begins in `[offset, end)`, readable or not. */
export function hasFrameStart(chunk: Buffer, offset: number, end: number): boolean {
  return chunk.subarray(offset, end).includes(SIGNATURE);
}

/** How many record numbers are missing between two records that lie `length` bytes apart, as far as that can be. */
export function missingRecords(lastId: bigint | undefined, nextId: bigint | undefined, length: number): number {
  if (lastId === undefined || nextId === undefined || nextId <= lastId) return 0;
  const missing = nextId - lastId - 1n;
  return missing <= length / MIN_RECORD_SIZE ? Number(missing) : 0;
}
