import type { Relation } from './types.ts';

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
