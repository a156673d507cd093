import type { EvtxBatch } from './chunk.ts';
import { readChunk, readHeaded } from './chunk.ts';
import { ChunkData } from './chunk-data.ts';
import { beginsChunk, readChunkHeader } from './chunk-header.ts';
import { checkFileHeader } from './file-header.ts';
import {
  CHUNK_HEADER_SIZE,
  CHUNK_SIGNATURE,
  CHUNK_SIZE,
  FILE_HEADER_SIZE,
  FILE_SIGNATURE,
  signatureAt,
} from './format.ts';
import type { EvtxLoss } from './loss.ts';
import { missingRecords } from './record-frame.ts';
import { Window } from './window.ts';

/** Whether the first bytes of a file are those of an event log, or of a chunk that was carved out of one. */
export function isEvtx(head: Uint8Array): boolean {
  const signature = signatureAt(head, 0);
  return signature === FILE_SIGNATURE || signature === CHUNK_SIGNATURE;
}

/**
 * Reads an event log of any size, holding one chunk at a time. The file header's counts are not believed: a log that was
 * not closed cleanly has old ones, so every chunk up to the end of the bytes is read, in the order of the file.
 *
 * Yields a batch for each chunk, and one for each stretch of other bytes that says what was lost there. Throws only what
 * `bytes` throws.
 *
 * @param fileOffset where `bytes` begin in their file, when they are a part of it that begins with a chunk; only added to the
 * offsets that come out
 */
export async function* readEvtx(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  fileOffset = 0,
): AsyncGenerator<EvtxBatch> {
  const window = new Window(bytes, fileOffset);
  try {
    const losses = await passFileHeader(window);
    if (losses.length > 0) yield { records: [], losses };
    yield* readBlocks(window);
  } finally {
    await window.close();
  }
}

/** Leaves the window at the first chunk: behind the file header, or where a carved chunk begins. */
async function passFileHeader(window: Window): Promise<EvtxLoss[]> {
  const head = bufferOf(await window.peek(FILE_HEADER_SIZE));
  const carved = head.indexOf(CHUNK_SIGNATURE, 0, 'latin1');
  if (head.length === 0 || carved === 0) return [];
  const losses = checkFileHeader(head);
  const isFile = signatureAt(head, 0) === FILE_SIGNATURE;
  window.skip(isFile || carved < 0 ? head.length : carved);
  return losses;
}

async function* readBlocks(window: Window): AsyncGenerator<EvtxBatch> {
  let zeros = 0;
  let lastId: bigint | undefined;
  for (;;) {
    const block = bufferOf(await window.peek(CHUNK_SIZE + CHUNK_HEADER_SIZE));
    if (block.length === 0) return;
    const whole = block.subarray(0, CHUNK_SIZE);
    const header = readChunkHeader(whole, window.offset);
    const length = header.losses.length === 0 ? whole.length : damagedLength(block);
    const chunk = block.subarray(0, length);
    if (isZero(chunk)) {
      zeros += length;
    } else {
      const batch =
        length === whole.length
          ? readHeaded(new ChunkData(chunk), window.offset, header)
          : readChunk(chunk, window.offset);
      if (zeros > 0) batch.losses.unshift(zeroLoss(window.offset - zeros, zeros, lastId, batch.records[0]?.recordId));
      zeros = 0;
      lastId = batch.records.at(-1)?.recordId ?? lastId;
      yield batch;
    }
    window.skip(length);
  }
}

/** Zeros at the end of a log are room for more; chunks behind them say that something was wiped. */
function zeroLoss(offset: number, length: number, lastId: bigint | undefined, nextId: bigint | undefined): EvtxLoss {
  const records = missingRecords(lastId, nextId, length);
  return { offset, length, what: 'chunk', expected: JSON.stringify(CHUNK_SIGNATURE), found: 'zeros', records };
}

/**
 * How much of `block`, whose chunk is not intact, to take as one chunk. Where bytes were lost or put in, a chunk begins in
 * the midst of another. Its signature alone does not count, since an event may hold the same text: the header behind it
 * must be sound.
 */
function damagedLength(block: Buffer): number {
  const whole = Math.min(CHUNK_SIZE, block.length);
  let next = block.indexOf(CHUNK_SIGNATURE, 1, 'latin1');
  while (next >= 0 && next < whole && !beginsChunk(block.subarray(next))) {
    next = block.indexOf(CHUNK_SIGNATURE, next + 1, 'latin1');
  }
  return next < 0 || next >= whole ? whole : next;
}

const ZEROS = Buffer.alloc(CHUNK_SIZE);

function isZero(bytes: Buffer): boolean {
  return bytes.equals(ZEROS.subarray(0, bytes.length));
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
