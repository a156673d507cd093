/** Bytes that are written again and again, in words: they are copied four at a time. */
export interface Piece {
  readonly words: Int32Array;
  /** Its bytes; the last word may have more. */
  readonly length: number;
}

/** Bytes that writing a piece may spoil behind its end. */
export const PIECE_MARGIN = 3;

/** A text as a piece, in UTF-8. */
export function pieceOf(text: string): Piece {
  const bytes = Buffer.from(text);
  const words = new Int32Array(Math.ceil(bytes.length / 4));
  const view = new DataView(words.buffer);
  bytes.forEach((byte, index) => view.setUint8(index, byte));
  return { words: words.map((_, index) => view.getInt32(index * 4, true)), length: bytes.length };
}

/** Writes a piece and gives where it stopped; up to {@link PIECE_MARGIN} bytes behind it are spoiled. */
export function writePiece({ words, length }: Piece, out: DataView, at: number): number {
  for (let index = 0; index < words.length; index++) out.setInt32(at + index * 4, words[index]!, true);
  return at + length;
}
