import type { Input } from './entry.ts';
import type { Match } from './types.ts';

/** Where a rule occurred that a window lacks. */
export interface Elsewhere {
  readonly rule: string;
  /** Its occurrence in the group that came nearest to standing in the window. */
  readonly nearest?: Stray;
  /** How often it occurred in other groups. */
  readonly others: number;
}

/** An occurrence outside a window. */
export interface Stray {
  readonly match: Match;
  readonly side: 'before' | 'after';
  /** Milliseconds from the window's first match, or its last one. */
  readonly gapMs: number;
  /** Milliseconds by which it missed a window with the others; absent where it stands on a side that is of no use in an order. */
  readonly excessMs?: number;
}

interface Surroundings {
  readonly window: readonly Input[];
  /** All inputs of the window's group. */
  readonly group: readonly Input[];
  /** All inputs of the other groups. */
  readonly others: readonly Input[];
  readonly timespanMs: number;
  /** The rules in the order asked for, where one is. */
  readonly order: readonly string[] | undefined;
}

/** Says where a rule occurred instead of in a window; nothing where it never did. */
export function elsewhere(rule: string, surroundings: Surroundings): readonly Elsewhere[] {
  const { group, others } = surroundings;
  const strays = group.filter((input) => input.rule === rule).map(({ match }) => strayOf(rule, match, surroundings));
  const [nearest] = strays.sort((a, b) => (a.excessMs ?? Infinity) - (b.excessMs ?? Infinity) || a.gapMs - b.gapMs);
  const count = others.filter((input) => input.rule === rule).length;
  if (!nearest && count === 0) return [];
  return [{ rule, ...(nearest ? { nearest } : {}), others: count }];
}

/** A window with the stray would have to begin before it, or reach to it, from the last or first time that each of the others occurred. */
function strayOf(rule: string, match: Match, { window, timespanMs, order }: Surroundings): Stray {
  const times = window.map((input) => input.match.time.ms);
  const at = match.time.ms;
  const isBefore = at < times[0]!;
  const towards = isBefore ? window : window.toReversed();
  const rules = [...new Set(window.map((input) => input.rule))];
  const nearestOfRules = rules.map((each) => towards.find((input) => input.rule === each)!.match.time.ms);
  const gapMs = isBefore ? times[0]! - at : at - times.at(-1)!;
  const spanMs = isBefore ? Math.max(...nearestOfRules) - at : at - Math.min(...nearestOfRules);
  const isOfUse = rules.every((each) => !order || order.indexOf(rule) < order.indexOf(each) === isBefore);
  return { match, side: isBefore ? 'before' : 'after', gapMs, ...(isOfUse ? { excessMs: spanMs - timespanMs } : {}) };
}
