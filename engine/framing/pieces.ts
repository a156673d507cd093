import type { FilePiece, RandomAccess } from '../ports/files.ts';
import { isObjectLine } from './json.ts';

/** How a file is divided. */
export interface DivideOptions {
  /** About how many bytes a piece has. */
  readonly pieceBytes: number;
  /** As in `FrameOptions`. */
  readonly maxRecordBytes: number;
}

/** Finds the pieces of a file. One that cannot be divided is one piece. */
export type Divide = (file: RandomAccess, options: DivideOptions) => AsyncIterable<FilePiece>;

/** Pieces of a text whose lines stand alone. */
export const linePieces: Divide = (file, { pieceBytes }) => divideLines(file, pieceBytes, async () => true);

/** Pieces of NDJSON. What else JSON can be is not divided. */
export const jsonPieces: Divide = async function* (file, { pieceBytes, maxRecordBytes }) {
  const [first] = await file.read(0, 1);
  const most = Math.min(maxRecordBytes, LINE_BYTES);
  if (first === OPENING_BRACE) yield* divideLines(file, pieceBytes, (at) => isBehindObjects(file, at, most));
  else yield WHOLE;
};

const OPENING_BRACE = 0x7b;
const WHOLE: FilePiece = { from: 0, to: Infinity, before: 0 };
const BLOCK_BYTES = 1 << 18;
/** A piece of NDJSON ends behind lines of at most so many bytes. */
export const LINE_BYTES = 1 << 16;
/** Line ends that are tried, one after another, where a piece should end. */
const MAX_TRIES = 64;

/** Whether a piece may end where a line does. */
type MayEnd = (at: number) => Promise<boolean>;

async function* divideLines(file: RandomAccess, pieceBytes: number, mayEnd: MayEnd): AsyncGenerator<FilePiece> {
  let piece = { from: 0, before: 0 };
  let lines = 0;
  let tries = 0;
  for (let offset = 0; file.size - piece.from >= 2 * pieceBytes && tries < MAX_TRIES; offset += BLOCK_BYTES) {
    const block = await file.read(offset, BLOCK_BYTES);
    if (block.length === 0) break;
    for (let feed = block.indexOf(10); feed >= 0; feed = block.indexOf(10, feed + 1)) {
      lines++;
      const at = offset + feed + 1;
      if (at - piece.from < pieceBytes || file.size - at < pieceBytes || tries >= MAX_TRIES) continue;
      const ends = await mayEnd(at);
      tries = ends ? 0 : tries + 1;
      if (!ends) continue;
      yield { ...piece, to: at };
      piece = { from: at, before: lines };
    }
  }
  yield { ...piece, to: Infinity };
}

/** Whether the two lines that end here are objects by themselves: then no value is open behind them, whatever stands before. */
async function isBehindObjects(file: RandomAccess, at: number, most: number): Promise<boolean> {
  const from = Math.max(0, at - 2 * (most + 1));
  const bytes = await file.read(from, at - from);
  const last = bytes.lastIndexOf(10, -2) + 1;
  const previous = bytes.subarray(0, last).lastIndexOf(10, -2) + 1;
  const lines = [bytes.subarray(previous, last), bytes.subarray(last)];
  return lines.every((line) => line.length <= most && isObjectLine(line.toString('utf8')));
}
