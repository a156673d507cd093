import type { Condition } from '../condition.ts';
import type { Alternative } from './types.ts';

/** Ways to fulfil a condition beyond which it counts as too wide. */
export const MAX_ALTERNATIVES = 256;

type Demand = ReadonlyMap<string, boolean>;

/**
 * Writes a condition over rules as a choice of demands (disjunctive normal form); `undefined` beyond
 * {@link MAX_ALTERNATIVES}. `order` is the order in which present rules are listed.
 */
export function alternativesOf(condition: Condition, order: readonly string[]): readonly Alternative[] | undefined {
  const demands = expand(condition, true);
  return demands?.map((demand) => ({
    present: order.filter((rule) => demand.get(rule) === true),
    absent: order.filter((rule) => demand.get(rule) === false),
  }));
}

function expand(condition: Condition, wanted: boolean): readonly Demand[] | undefined {
  switch (condition.kind) {
    case 'name':
      return [new Map([[condition.name, wanted]])];
    case 'not':
      return expand(condition.child, !wanted);
    case 'selector':
      return undefined;
    default: {
      const parts = condition.children.map((child) => expand(child, wanted));
      const isChoice = (condition.kind === 'or') === wanted;
      return parts.reduce(
        (left, right) => left && right && (isChoice ? bounded([...left, ...right]) : product(left, right)),
      );
    }
  }
}

function product(left: readonly Demand[], right: readonly Demand[]): readonly Demand[] | undefined {
  if (left.length * right.length > MAX_ALTERNATIVES) return undefined;
  return left.flatMap((a) => right.flatMap((b) => both(a, b) ?? []));
}

/** What fulfils two demands at once; `undefined` where they contradict one another. */
function both(left: Demand, right: Demand): Demand | undefined {
  const merged = new Map(left);
  for (const [rule, wanted] of right) {
    if (merged.has(rule) && merged.get(rule) !== wanted) return undefined;
    merged.set(rule, wanted);
  }
  return merged;
}

function bounded(demands: readonly Demand[]): readonly Demand[] | undefined {
  return demands.length > MAX_ALTERNATIVES ? undefined : demands;
}
