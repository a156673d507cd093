import type { LiteralList } from './literal-list.ts';
import type { Steps } from './program.ts';

/** How much the literals that are looked for say of a comparison: all, that it may hold, or nothing. */
export const SETTLED = 0;
export const SUGGESTED = 1;
export const OPEN = 2;

/** One field of the events (or their whole texts) and what is looked for in it. */
export interface SlotPlan {
  /** The field; `undefined` stands for the texts of keyword searches. */
  readonly field: string | undefined;
  /** The literals that are looked for, and those of them that ASCII cannot write. */
  readonly plain: LiteralList;
  readonly wide: LiteralList | undefined;
  /** What a sieve before them looks for; `undefined` where there is none. */
  readonly pieces: readonly string[] | undefined;
  /** The same for the whole event as JSON. */
  readonly jsonPieces: readonly string[] | undefined;
}

/** What a bucket does with an event, as plain data: it can be kept, and used again for the same rules. */
export interface Plan {
  /** Number of comparisons. A comparison has two signals: its number says that it holds, its number plus this that it has to be asked. */
  readonly size: number;
  readonly slots: readonly SlotPlan[];
  /** By comparison: the slot that it reads, and what its literals tell. */
  readonly slotOf: Int32Array;
  readonly told: Uint8Array;
  /** Slots that are scanned in every event. */
  readonly scanned: readonly number[];
  /** By rule: its decision program. */
  readonly steps: Steps;
  /** Rules that are asked about every event. */
  readonly always: readonly number[];
  /** The rules that watch a signal begin at its cell of the first, and end at the next. */
  readonly watchFrom: Int32Array;
  readonly watchers: Int32Array;
  /** Rules that are to be asked about an event, on average. */
  readonly expected: number;
}

/** Number of literals that a plan looks for. */
export function literalsOf({ slots }: Plan): number {
  return slots.reduce((sum, { plain, wide }) => sum + plain.signals.length + (wide?.signals.length ?? 0), 0);
}

/** Turns the signals that each rule watches around. */
export function watchersOf(
  signals: number,
  ofRules: readonly (readonly number[] | undefined)[],
): Pick<Plan, 'watchFrom' | 'watchers'> {
  const watchFrom = new Int32Array(signals + 1);
  for (const watched of ofRules) for (const signal of watched ?? []) watchFrom[signal + 1]!++;
  for (let signal = 0; signal < signals; signal++) watchFrom[signal + 1]! += watchFrom[signal]!;
  const watchers = new Int32Array(watchFrom[signals]!);
  const at = watchFrom.slice();
  for (const [rule, watched] of ofRules.entries()) for (const signal of watched ?? []) watchers[at[signal]!++] = rule;
  return { watchFrom, watchers };
}
