import { atomsOf, type Atom } from '../expression.ts';
import type { CompiledRule } from '../types.ts';
import type { AtomTable, IndexedAtom } from './atom-table.ts';
import type { Lesson } from './bucket.ts';

/** What a bucket settled on, and where to find its comparisons. */
export interface KnownBucket {
  /** What tells it from other buckets of the same index. */
  readonly key: string;
  readonly lesson: Lesson;
  /** Of each comparison: the number of a rule that makes it, and which of that rule's comparisons it is. */
  readonly origins: Uint32Array;
}

/**
 * What an index found out about its rules and the events it saw, as plain data (typed arrays, texts and numbers): an index over the same rules,
 * made by the same version of this library, begins with it. It decides speed; over other rules it would decide answers.
 */
export interface Lessons {
  /** Combinations of constants, and the key of the bucket for each. */
  readonly kinds: ReadonlyMap<string, string>;
  readonly buckets: readonly KnownBucket[];
}

/** Finds where comparisons come from, for all rules of an index. */
export class Origins {
  readonly #places = new Map<number, readonly [rule: number, nth: number]>();
  readonly #table: AtomTable;

  constructor(rules: readonly CompiledRule[], table: AtomTable) {
    this.#table = table;
    for (const [rule, { detection }] of rules.entries()) {
      let nth = 0;
      for (const atom of atomsOf(detection)) this.#places.set(table.numberOf(atom), [rule, nth++]);
    }
  }

  /** Two numbers for each comparison. */
  of(atoms: readonly IndexedAtom[]): Uint32Array {
    return Uint32Array.from(atoms.flatMap(({ atom }) => this.#places.get(this.#table.numberOf(atom))!));
  }
}

/** The comparison that {@link Origins} tells of. */
export function atomAt(rules: readonly CompiledRule[], origins: Uint32Array, number: number): Atom {
  const [rule, nth] = [origins[2 * number]!, origins[2 * number + 1]!];
  const atom = [...atomsOf(rules[rule]!.detection)][nth];
  if (!atom) throw new RangeError('these lessons are about other rules');
  return atom;
}
