import type { Literal } from './literal.ts';

/** A literal and the signal that finding it gives. */
export type Entry = readonly [Literal, signal: number];

/** Many literals in few objects. */
export interface LiteralList {
  /** Their texts, one after another. */
  readonly texts: string;
  /** Of each: four times its length plus the bits below, and its signal. */
  readonly marks: Int32Array;
}

const AT_START = 1;
const AT_END = 2;

/** Writes literals down. */
export function listOf(entries: readonly Entry[]): LiteralList {
  const marks = new Int32Array(entries.length * 2);
  let at = 0;
  for (const [{ text, atStart, atEnd }, signal] of entries) {
    marks[at++] = text.length * 4 + (atStart ? AT_START : 0) + (atEnd ? AT_END : 0);
    marks[at++] = signal;
  }
  return { texts: entries.map(([{ text }]) => text).join(''), marks };
}

/** Reads what {@link listOf} wrote. */
export function entriesOf({ texts, marks }: LiteralList): Entry[] {
  const entries: Entry[] = [];
  let from = 0;
  for (let at = 0; at < marks.length; at += 2) {
    const mark = marks[at]!;
    const to = from + (mark >> 2);
    const literal = { text: texts.slice(from, to), atStart: (mark & AT_START) !== 0, atEnd: (mark & AT_END) !== 0 };
    entries.push([literal, marks[at + 1]!]);
    from = to;
  }
  return entries;
}
