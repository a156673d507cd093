import { crc32 } from 'node:zlib';
import { hex } from './corrupt.ts';
import {
  CHUNK_HEADER_SIZE,
  CHUNK_SIGNATURE,
  CHUNK_SIZE,
  FLAGS_OFFSET,
  HEADER_CHECKSUM_OFFSET,
  NO_CHECKSUM_FLAG,
  signatureAt,
} from './format.ts';
import type { EvtxLoss } from './loss.ts';
import type { Extent } from './stretch.ts';

const HEADER_SIZE_OFFSET = 40;
/** The part of the header in front of its tables. */
const HEADER_SIZE = 128;
const FREE_SPACE_OFFSET = 48;
const RECORDS_CHECKSUM_OFFSET = 52;

/** Whether a chunk surely begins here: its signature may as well be text of an event, so the header must be right too. */
export function beginsChunk(bytes: Buffer): boolean {
  if (bytes.length < CHUNK_HEADER_SIZE || signatureAt(bytes, 0) !== CHUNK_SIGNATURE) return false;
  return bytes.readUInt32LE(HEADER_SIZE_OFFSET) === HEADER_SIZE && hasRightChecksum(bytes);
}

const FIRST_RECORD_OFFSET = 8;
const LAST_RECORD_OFFSET = 16;

/**
 * How many records a chunk says that it holds; undefined where no chunk surely begins. With it a file can be divided between
 * two chunks, and each part read by itself.
 *
 * @param head the first 512 bytes of the chunk, at least
 */
export function chunkRecords(head: Uint8Array): number | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  if (!beginsChunk(bytes)) return undefined;
  const records = bytes.readBigUInt64LE(LAST_RECORD_OFFSET) - bytes.readBigUInt64LE(FIRST_RECORD_OFFSET) + 1n;
  return records >= 0n && records <= CHUNK_SIZE ? Number(records) : undefined;
}

/** What a chunk's header says: where the records lie, and what about it is wrong. */
export interface ChunkHeader {
  readonly extent: Extent;
  readonly losses: readonly EvtxLoss[];
}

/** Reads a chunk's header, and compares its checksums. */
export function readChunkHeader(chunk: Buffer, fileOffset: number): ChunkHeader {
  const losses: EvtxLoss[] = [];
  return { extent: checkChunkHeader(chunk, fileOffset, losses), losses };
}

/** Where a chunk's records lie, as its header says if it can be believed; what contradicts itself goes to `losses`. */
function checkChunkHeader(chunk: Buffer, fileOffset: number, losses: EvtxLoss[]): Extent {
  const note = (what: string, expected: string, found: string): void => {
    losses.push({ offset: fileOffset, length: chunk.length, what, expected, found, records: 0 });
  };
  const untrusted = { start: CHUNK_HEADER_SIZE, end: chunk.length, trusted: false };
  if (chunk.length < CHUNK_SIZE) note('chunk size', `${CHUNK_SIZE} bytes`, `${chunk.length} bytes`);
  if (chunk.length < CHUNK_HEADER_SIZE) return untrusted;
  const signature = signatureAt(chunk, 0);
  if (signature !== CHUNK_SIGNATURE) {
    note('chunk signature', JSON.stringify(CHUNK_SIGNATURE), JSON.stringify(signature));
    return untrusted;
  }
  if (!hasRightChecksum(chunk)) {
    note('chunk header checksum', hex(headerChecksum(chunk)), hex(chunk.readUInt32LE(HEADER_CHECKSUM_OFFSET)));
    return untrusted;
  }
  const end = chunk.readUInt32LE(FREE_SPACE_OFFSET);
  if (end < CHUNK_HEADER_SIZE || end > CHUNK_SIZE) {
    note('free space offset', `${CHUNK_HEADER_SIZE} to ${CHUNK_SIZE}`, `${end}`);
    return untrusted;
  }
  const records = chunk.subarray(CHUNK_HEADER_SIZE, end);
  const recordsChecksum = chunk.readUInt32LE(RECORDS_CHECKSUM_OFFSET);
  if (hasChecksums(chunk) && end <= chunk.length && recordsChecksum !== crc32(records)) {
    note('chunk records checksum', hex(crc32(records)), hex(recordsChecksum));
  }
  return { start: CHUNK_HEADER_SIZE, end: Math.min(end, chunk.length), trusted: true };
}

function hasRightChecksum(chunk: Buffer): boolean {
  return !hasChecksums(chunk) || chunk.readUInt32LE(HEADER_CHECKSUM_OFFSET) === headerChecksum(chunk);
}

function hasChecksums(chunk: Buffer): boolean {
  return (chunk.readUInt32LE(FLAGS_OFFSET) & NO_CHECKSUM_FLAG) === 0;
}

function headerChecksum(chunk: Buffer): number {
  const fixed = crc32(chunk.subarray(0, FLAGS_OFFSET));
  return crc32(chunk.subarray(HEADER_SIZE, CHUNK_HEADER_SIZE), fixed);
}
