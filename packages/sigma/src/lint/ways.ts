import type { Atom, Expression } from '../expression.ts';

/** A comparison that has to hold, or must not. */
export interface Demand {
  readonly atom: Atom;
  readonly holds: boolean;
}

/** One way to fulfil a condition: all of these demands at once. */
export type Way = readonly Demand[];

/** Ways beyond which a condition is not looked into. */
export const MAX_WAYS = 256;
/** Demands of all its ways together beyond which it is not. */
const MAX_DEMANDS = 1 << 14;

/** Writes a condition, or its opposite, as a choice of ways (disjunctive normal form); undefined where there are too many. */
export function waysOf(expression: Expression, wanted = true): readonly Way[] | undefined {
  if (expression.kind === 'atom') return [[{ atom: expression, holds: wanted }]];
  if (expression.kind === 'not') return waysOf(expression.child, !wanted);
  const isChoice = (expression.kind === 'or') === wanted;
  let ways: readonly Way[] = isChoice ? [] : [[]];
  for (const child of expression.children) {
    const more = waysOf(child, wanted);
    if (more === undefined) return undefined;
    if (!isChoice && ways.length * more.length > MAX_WAYS) return undefined;
    ways = isChoice ? [...ways, ...more] : ways.flatMap((way) => more.map((other) => [...way, ...other]));
    const demands = ways.reduce((sum, way) => sum + way.length, 0);
    if (ways.length > MAX_WAYS || demands > MAX_DEMANDS) return undefined;
  }
  return ways;
}
