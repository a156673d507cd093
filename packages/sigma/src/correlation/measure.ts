import type { Entry } from './entry.ts';

/** Follows the window of a group and says whether the condition holds. */
export interface Measure {
  add(entry: Entry): void;
  /** Entries leave in the order in which they came. */
  remove(entry: Entry): void;
  /** Whether the condition holds at the entry that came last; `firstSequence` is that of the window's first. */
  holds(entry: Entry, firstSequence: number): boolean;
  /** What there is to hold or not, for people. */
  reading(entry: Entry, firstSequence: number): Reading;
}

/** What a measure sees in a window. */
export interface Reading {
  /** What is compared with the bounds; absent where there is no value, and for a condition over rules. */
  readonly figure?: number;
  /** Uids of rules that would have to occur (in their order), in the way of the condition that comes nearest. */
  readonly missing: readonly string[];
  /** Uids of rules that occur and must not, in the same way. */
  readonly unwanted: readonly string[];
}

/** The reading of a figure. */
export function figureOnly(figure: number | undefined): Reading {
  return { ...(figure === undefined ? {} : { figure }), missing: [], unwanted: [] };
}
