import type { Bound, Relation } from './types.ts';

/** Whether two numbers stand in a relation. Integers of any size and doubles compare exactly with one another. */
export function stands(left: number | bigint, relation: Relation, right: number | bigint): boolean {
  switch (relation) {
    case 'gt':
      return left > right;
    case 'gte':
      return left >= right;
    case 'lt':
      return left < right;
    case 'lte':
      return left <= right;
    case 'eq':
      return !(left < right) && !(left > right);
    case 'neq':
      return left < right || left > right;
  }
}

/** How far a figure is from a bound, 0 where it keeps it. A strict bound is one step further away. */
export function distanceTo(figure: number, { relation, value }: Bound): number {
  if (stands(figure, relation, value)) return 0;
  return Math.abs(value - figure) + (relation === 'gte' || relation === 'lte' || relation === 'eq' ? 0 : 1);
}
