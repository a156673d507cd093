import type { Entry } from './entry.ts';

/** Follows the window of a group and says whether the condition holds. */
export interface Measure {
  add(entry: Entry): void;
  /** Entries leave in the order in which they came. */
  remove(entry: Entry): void;
  /** Whether the condition holds at the entry that came last; `firstSequence` is that of the window's first. */
  holds(entry: Entry, firstSequence: number): boolean;
}
