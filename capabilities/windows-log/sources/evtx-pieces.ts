import type { Divide } from '@yuheng/engine';
import { chunkRecords } from '@yuheng/evtx';

const FILE_HEADER_BYTES = 4096;
const CHUNK_BYTES = 65_536;
const CHUNK_HEADER_BYTES = 512;

/** Pieces of an event log: each begins with a sound chunk right behind another, where the file keeps to its order. */
export const evtxPieces: Divide = async function* (file, { pieceBytes }) {
  let piece = { from: 0, before: 0 };
  let records = 0;
  let isBehindChunk = false;
  for (let at = FILE_HEADER_BYTES; file.size - at >= pieceBytes; at += CHUNK_BYTES) {
    const held = chunkRecords(await file.read(at, CHUNK_HEADER_BYTES));
    if (held !== undefined && isBehindChunk && at - piece.from >= pieceBytes) {
      yield { ...piece, to: at };
      piece = { from: at, before: records };
    }
    isBehindChunk = held !== undefined;
    records += held ?? 0;
  }
  yield { ...piece, to: Infinity };
};
