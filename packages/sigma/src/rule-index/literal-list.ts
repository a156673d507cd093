import { END, START, symbolOf } from './alphabet.ts';
import type { Literal } from './literal.ts';

/** A literal and the signal that finding it gives. */
export type Entry = readonly [Literal, signal: number];

/** Many literals in few objects, in the order in which {@link symbolAt} compares. */
export interface LiteralList {
  /** Their texts, one after another. */
  readonly texts: string;
  /** Where the text of each begins, and where the last ends. */
  readonly offsets: Int32Array;
  /** Of each: the ends of a text that it is tied to. */
  readonly ties: Uint8Array;
  readonly signals: Int32Array;
}

const AT_START = 1;
const AT_END = 2;

/** What stands beyond the end of a literal. */
export const NO_SYMBOL = 0;

/** Writes literals down. */
export function listOf(entries: readonly Entry[]): LiteralList {
  const sorted = entries.toSorted((a, b) => compare(a[0], b[0]));
  const offsets = new Int32Array(sorted.length + 1);
  const ties = new Uint8Array(sorted.length);
  const signals = new Int32Array(sorted.length);
  const texts: string[] = [];
  // Not by patterns and callbacks: lists are made by the thousand before V8 has optimised any of it.
  for (let index = 0; index < sorted.length; index++) {
    const entry = sorted[index]!;
    const literal = entry[0];
    texts.push(literal.text);
    offsets[index + 1] = offsets[index]! + literal.text.length;
    ties[index] = (literal.atStart ? AT_START : 0) + (literal.atEnd ? AT_END : 0);
    signals[index] = entry[1];
  }
  return { texts: texts.join(''), offsets, ties, signals };
}

/** Reads what {@link listOf} wrote. */
export function entriesOf({ texts, offsets, ties, signals }: LiteralList): Entry[] {
  return Array.from(signals, (signal, index) => {
    const text = texts.slice(offsets[index], offsets[index + 1]);
    const tie = ties[index]!;
    return [{ text, atStart: (tie & AT_START) !== 0, atEnd: (tie & AT_END) !== 0 }, signal];
  });
}

/** The symbol of a literal at a depth, the virtual ones at its ends included. */
export function symbolAt({ texts, offsets, ties }: LiteralList, literal: number, depth: number): number {
  const tie = ties[literal]!;
  const at = depth - (tie & AT_START);
  if (at < 0) return START;
  const place = offsets[literal]! + at;
  const end = offsets[literal + 1]!;
  if (place < end) return symbolOf(texts.charCodeAt(place));
  return place === end && (tie & AT_END) !== 0 ? END : NO_SYMBOL;
}

/** By symbols, those that end sooner first. */
function compare(a: Literal, b: Literal): number {
  if (a.atStart !== b.atStart)
    return a.atStart ? (b.text === '' && !b.atEnd ? 1 : -1) : a.text === '' && !a.atEnd ? -1 : 1;
  if (a.text !== b.text) return a.text < b.text ? -1 : 1;
  return Number(a.atEnd) - Number(b.atEnd);
}
