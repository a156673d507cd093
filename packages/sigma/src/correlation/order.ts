import type { SigmaCorrelation } from './types.ts';

/** Correlations by whether their references lead to rules in the end. */
export interface Ordered<T> {
  /** Those that do, each after all that it refers to. */
  readonly sorted: readonly T[];
  /** Those that refer to themselves, or to others that do. */
  readonly cyclic: readonly T[];
}

/** Puts correlations behind those that they refer to; the order is otherwise kept. */
export function orderCorrelations<T extends { readonly correlation: SigmaCorrelation }>(
  items: readonly T[],
): Ordered<T> {
  const waiting = new Map(items.map((item) => [item.correlation.uid, 0]));
  const dependents = new Map<string, T[]>();
  for (const item of items) {
    for (const rule of item.correlation.rules) {
      if (!waiting.has(rule)) continue;
      waiting.set(item.correlation.uid, waiting.get(item.correlation.uid)! + 1);
      dependents.set(rule, [...(dependents.get(rule) ?? []), item]);
    }
  }
  const sorted = items.filter((item) => waiting.get(item.correlation.uid) === 0);
  // The list grows while it is walked: whoever waits for nothing any more joins its end.
  for (const { correlation } of sorted) {
    for (const dependent of dependents.get(correlation.uid) ?? []) {
      const left = waiting.get(dependent.correlation.uid)! - 1;
      waiting.set(dependent.correlation.uid, left);
      if (left === 0) sorted.push(dependent);
    }
  }
  return { sorted, cyclic: items.filter((item) => waiting.get(item.correlation.uid)! > 0) };
}
