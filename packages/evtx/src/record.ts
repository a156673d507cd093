import type { EvtxElement } from './element.ts';
import { CHUNK_SIZE } from './format.ts';

/** A record of an event log. */
export interface EvtxRecord {
  /** Where the record begins, in bytes from the start of the file. */
  readonly offset: number;
  /** Number of the record in this file. Not the identity of the event: an exported log has numbers of its own. */
  readonly recordId: bigint;
  /** When the record was written: 100 ns steps since 1601-01-01 UTC. */
  readonly written: bigint;
  /** The `<Event>` element. */
  readonly root: EvtxElement;
}

/** A record where it lies in a chunk, its event not yet read. */
export interface RecordFrame {
  readonly offset: number;
  readonly size: number;
  readonly recordId: bigint;
  readonly written: bigint;
}

const SIGNATURE = Buffer.from('**\0\0', 'latin1');
/** Signature (4), size (4), record id (8), time written (8). */
export const RECORD_HEADER_SIZE = 24;
/** The size once more, behind the event. */
export const RECORD_TRAILER_SIZE = 4;

const MIN_RECORD_SIZE = RECORD_HEADER_SIZE + RECORD_TRAILER_SIZE;
/** More records do not fit into a chunk, so the next record's number is at most this much higher. */
const MAX_RECORDS = Math.floor(CHUNK_SIZE / MIN_RECORD_SIZE);

/** Whether a record's signature stands at `offset`. */
export function isFrameStart(chunk: Buffer, offset: number): boolean {
  return offset + 4 <= chunk.length && chunk.compare(SIGNATURE, 0, 4, offset, offset + 4) === 0;
}

/**
 * The record at `offset`, or undefined where there is none. Its size is believed where it stands behind the event once
 * more, or where the next record, or the end of all records, follows it.
 */
export function frameAt(chunk: Buffer, offset: number, end: number): RecordFrame | undefined {
  if (offset + RECORD_HEADER_SIZE > end || !isFrameStart(chunk, offset)) return undefined;
  const size = chunk.readUInt32LE(offset + 4);
  const next = offset + size;
  if (size < MIN_RECORD_SIZE || next > end) return undefined;
  const closed = chunk.readUInt32LE(next - RECORD_TRAILER_SIZE) === size;
  if (!closed && next !== end && !isFrameStart(chunk, next)) return undefined;
  return { offset, size, recordId: chunk.readBigUInt64LE(offset + 8), written: chunk.readBigUInt64LE(offset + 16) };
}

/** The next record behind `offset` whose number can follow `lastId`: others are what the chunk held long before. */
export function nextFrame(
  chunk: Buffer,
  offset: number,
  end: number,
  lastId: bigint | undefined,
): RecordFrame | undefined {
  for (let at = chunk.indexOf(SIGNATURE, offset); at >= 0 && at < end; at = chunk.indexOf(SIGNATURE, at + 1)) {
    const frame = frameAt(chunk, at, end);
    if (frame === undefined) continue;
    if (lastId === undefined || (frame.recordId > lastId && frame.recordId - lastId <= MAX_RECORDS)) return frame;
  }
  return undefined;
}

/** How many record numbers are missing between two records that lie `length` bytes apart, as far as that can be. */
export function missingRecords(lastId: bigint | undefined, nextId: bigint | undefined, length: number): number {
  if (lastId === undefined || nextId === undefined || nextId <= lastId) return 0;
  const missing = nextId - lastId - 1n;
  return missing <= length / MIN_RECORD_SIZE ? Number(missing) : 0;
}

/** Whether any record begins in `[offset, end)`, readable or not. */
export function hasFrameStart(chunk: Buffer, offset: number, end: number): boolean {
  const start = chunk.indexOf(SIGNATURE, offset);
  return start >= 0 && start < end;
}
