import { Block } from '../bytes/block.ts';
import { Machine } from '../bytes/machine.ts';
import type { TextSlice } from '../types.ts';

/** The layout that assembly/sieve.ts reads: tables for the halves of three bytes, then the pieces. */
const TABLE_BYTES = 16;
const TABLES = 6;
const PIECES = TABLES * TABLE_BYTES;
const FIRST_PIECE = PIECES + 4;
const PIECE_BYTES = 12;
/** Pieces are told apart in so many groups, a bit each. */
const GROUPS = 8;
const LETTER = /[a-z]/;
const CASE_BIT = 0x20;

/** Looks for a few short folded pieces of ASCII in bytes. */
export class ByteSieve {
  readonly #machine: Machine;
  readonly #block: Block;

  private constructor(machine: Machine, pieces: readonly string[]) {
    this.#machine = machine;
    const layout = layOut(pieces);
    this.#block = new Block(machine, layout.byteLength);
    machine.bytes.set(layout, this.#block.at);
  }

  /** A sieve for pieces of two to four characters; `undefined` without WebAssembly. */
  static of(pieces: readonly string[]): ByteSieve | undefined {
    const machine = Machine.open();
    return machine && new ByteSieve(machine, pieces);
  }

  /** Whether the text holds one of the pieces, as it is written. */
  mayHold({ from, to }: TextSlice): boolean {
    return this.#machine.run.mayHold(this.#block.at, from, to) !== 0;
  }
}

function layOut(pieces: readonly string[]): Uint8Array {
  const layout = new Uint8Array(FIRST_PIECE + pieces.length * PIECE_BYTES);
  const view = new DataView(layout.buffer);
  view.setUint32(PIECES, pieces.length, true);
  for (const [number, piece] of pieces.entries()) {
    const group = 1 << (number % GROUPS);
    for (let place = 0; place < TABLES / 2; place++) {
      for (const byte of bytesAt(piece, place)) {
        layout[place * 2 * TABLE_BYTES + (byte & 15)]! |= group;
        layout[(place * 2 + 1) * TABLE_BYTES + (byte >> 4)]! |= group;
      }
    }
    for (const [place, letter] of [...piece].entries()) {
      const at = FIRST_PIECE + number * PIECE_BYTES + place;
      layout[at] = letter.charCodeAt(0);
      if (LETTER.test(letter)) layout[at] |= CASE_BIT;
      layout[at + 4] = LETTER.test(letter) ? CASE_BIT : 0;
      layout[at + 8] = 0xff;
    }
  }
  return layout;
}

/** The bytes that may stand at a place of a piece: beyond its end any. */
function bytesAt(piece: string, place: number): number[] {
  const letter = piece[place];
  if (letter === undefined) return Array.from({ length: 256 }, (_, byte) => byte);
  const code = letter.charCodeAt(0);
  return LETTER.test(letter) ? [code, code - CASE_BIT] : [code];
}
