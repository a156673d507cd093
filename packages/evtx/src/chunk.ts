import { ChunkData } from './chunk-data.ts';
import { checkChunkHeader } from './chunk-header.ts';
import { CorruptData } from './corrupt.ts';
import { CHUNK_HEADER_SIZE } from './format.ts';
import { readEvent } from './instantiate.ts';
import type { EvtxLoss } from './loss.ts';
import { lossOf } from './loss.ts';
import type { EvtxRecord, RecordFrame } from './record.ts';
import {
  frameAt,
  hasFrameStart,
  isFrameStart,
  missingRecords,
  nextFrame,
  RECORD_HEADER_SIZE,
  RECORD_TRAILER_SIZE,
} from './record.ts';

/** What one chunk, or one stretch between chunks, gave. */
export interface EvtxBatch {
  readonly records: EvtxRecord[];
  readonly losses: EvtxLoss[];
}

/**
 * Reads the records of one chunk of 64 KiB. `chunk` may be shorter (a cut file), and its signature, its header and its
 * checksums may be wrong: what can be read is read, and what was lost or contradicts itself is said. Never throws.
 *
 * @param fileOffset where the chunk begins in its file; only added to the offsets that come out
 */
export function readChunk(chunk: Uint8Array, fileOffset = 0): EvtxBatch {
  const data = new ChunkData(chunk);
  const batch: EvtxBatch = { records: [], losses: [] };
  const { end, trusted } = checkChunkHeader(data.buffer, fileOffset, batch.losses);
  let offset = CHUNK_HEADER_SIZE;
  let lastId: bigint | undefined;
  while (offset < end) {
    const frame = frameAt(data.buffer, offset, end) ?? nextFrame(data.buffer, offset, end, lastId);
    const gapEnd = frame?.offset ?? end;
    if (gapEnd > offset && (frame !== undefined || heldRecords(data.buffer, offset, end, trusted, lastId))) {
      const records = Math.max(1, missingRecords(lastId, frame?.recordId, gapEnd - offset));
      batch.losses.push(lostGap(data.buffer, offset, gapEnd, fileOffset, records));
    }
    if (frame === undefined) break;
    readRecord(data, frame, fileOffset, batch);
    offset = frame.offset + frame.size;
    lastId = frame.recordId;
  }
  return batch;
}

/**
 * Whether `[offset, end)`, in which no record was found, should have held one. Zeros are unused space. Where the header
 * cannot be believed, what follows the last record may be what the chunk held long before.
 */
function heldRecords(
  chunk: Buffer,
  offset: number,
  end: number,
  trusted: boolean,
  lastId: bigint | undefined,
): boolean {
  if (trusted) return chunk.subarray(offset, end).some((byte) => byte !== 0);
  return lastId === undefined ? hasFrameStart(chunk, offset, end) : isFrameStart(chunk, offset);
}

function lostGap(chunk: Buffer, start: number, end: number, fileOffset: number, records: number): EvtxLoss {
  const found = chunk.toString('hex', start, Math.min(end, start + SHOWN_BYTES));
  const place = { offset: fileOffset + start, length: end - start };
  return { ...place, what: 'record header', expected: 'a whole record', found, records };
}

/** Bytes of a damaged header that a loss shows. */
const SHOWN_BYTES = 24;

function readRecord(data: ChunkData, frame: RecordFrame, fileOffset: number, batch: EvtxBatch): void {
  const { offset, size, recordId, written } = frame;
  try {
    const root = readEvent(data, offset + RECORD_HEADER_SIZE, offset + size - RECORD_TRAILER_SIZE);
    batch.records.push({ offset: fileOffset + offset, recordId, written, root });
  } catch (error) {
    if (!(error instanceof CorruptData)) throw error;
    batch.losses.push(lossOf(error, `record ${recordId}`, offset, size, fileOffset));
  }
}
