import { ChunkData } from './chunk-data.ts';
import { readChunkHeader, type ChunkHeader } from './chunk-header.ts';
import { CorruptData, hex } from './corrupt.ts';
import type { EvtxLoss } from './loss.ts';
import { readRecord, type EvtxRecord } from './record.ts';
import { RECORD_HEADER_SIZE, RECORD_TRAILER_SIZE } from './record-frame.ts';
import type { Stretch } from './stretch.ts';
import { divide } from './stretch.ts';

/** What one chunk, or one stretch between chunks, gave. */
export interface EvtxBatch {
  readonly records: EvtxRecord[];
  readonly losses: EvtxLoss[];
}

/**
 * Reads the records of one chunk of 64 KiB. `chunk` may be shorter (a cut file), and its signature, its header and its
 * checksums may be wrong: what can be read is read, and what was lost or contradicts itself is said. Never throws.
 * The records read from `chunk` when they are asked, so its bytes must stay what they are as long as records are used.
 *
 * @param fileOffset where the chunk begins in its file; only added to the offsets that come out
 */
export function readChunk(chunk: Uint8Array, fileOffset = 0): EvtxBatch {
  const data = new ChunkData(chunk);
  return readHeaded(data, fileOffset, readChunkHeader(data.buffer, fileOffset));
}

/** Reads the records of a chunk whose header was read. */
export function readHeaded(data: ChunkData, fileOffset: number, header: ChunkHeader): EvtxBatch {
  const batch = readRecords(data, fileOffset, header, false);
  // A record that is placed spends more than its tree costs: only trees say which record is one too many.
  return data.budget.isExceeded ? readTrees(data.buffer, fileOffset) : batch;
}

/** A chunk with the trees of all records built at once: the plain twin of {@link readChunk}. */
export function readTrees(chunk: Uint8Array, fileOffset = 0): EvtxBatch {
  const data = new ChunkData(chunk);
  return readRecords(data, fileOffset, readChunkHeader(data.buffer, fileOffset), true);
}

function readRecords(
  data: ChunkData,
  fileOffset: number,
  { extent, losses }: ChunkHeader,
  treeOnly: boolean,
): EvtxBatch {
  const batch: EvtxBatch = { records: [], losses: [...losses] };
  for (const stretch of divide(data.buffer, extent)) readStretch(data, stretch, fileOffset, treeOnly, batch);
  return batch;
}

function readStretch(data: ChunkData, stretch: Stretch, fileOffset: number, treeOnly: boolean, batch: EvtxBatch): void {
  const { offset, length, frame, missing } = stretch;
  const place = { offset: fileOffset + offset, length };
  if (frame === undefined) {
    const found = data.buffer.toString('hex', offset, offset + Math.min(length, RECORD_HEADER_SIZE));
    const records = Math.max(1, missing);
    batch.losses.push({ ...place, what: 'record header', expected: 'a record', found, records });
    return;
  }
  try {
    batch.records.push(readRecord(data, frame, fileOffset, treeOnly));
  } catch (error) {
    if (!(error instanceof CorruptData)) throw error;
    const { expected, found } = error;
    const where = `${error.what} at ${hex(fileOffset + error.offset)}`;
    batch.losses.push({ ...place, what: `record ${frame.recordId}: ${where}`, expected, found, records: 1 + missing });
    return;
  }
  if (frame.whole) return;
  const found = `${data.view.getUint32(offset + frame.size - RECORD_TRAILER_SIZE, true)}`;
  batch.losses.push({
    ...place,
    what: `record ${frame.recordId}: size behind it`,
    expected: `${frame.size}`,
    found,
    records: missing,
  });
}
