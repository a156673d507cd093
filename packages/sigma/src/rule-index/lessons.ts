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
 * made by the same version of this library, begins with it. It decides speed; over other rules it would decide answers, so keep it under a name that tells them.
 */
export interface Lessons {
  /** The constants of the index, and the number of its rules: lessons of another are not taken. */
  readonly constants: readonly string[];
  readonly rules: number;
  /** Combinations of constants, and the key of the bucket for each. */
  readonly kinds: ReadonlyMap<string, string>;
  readonly buckets: readonly KnownBucket[];
}

/** Combinations of constants whose bucket is remembered; beyond, they are forgotten and found again. */
export const MAX_KINDS = 4_096;
/** Buckets that are made for constants; further combinations share the one that puts no constants in. */
export const MAX_BUCKETS = 512;

/**
 * What two indexes over the same rules found out, as far as one index has room for it. Where both know a bucket, what the first knows;
 * where they are not alike, only what the first does.
 */
export function joinLessons(first: Lessons, second: Lessons): Lessons {
  if (!areAlike(first, second)) return first;
  const buckets = new Map(first.buckets.map((bucket) => [bucket.key, bucket]));
  for (const bucket of second.buckets)
    if (buckets.size < MAX_BUCKETS && !buckets.has(bucket.key)) buckets.set(bucket.key, bucket);
  const kinds = [...second.kinds, ...first.kinds].filter(([, key]) => buckets.has(key));
  return { ...first, kinds: new Map(kinds.slice(-MAX_KINDS)), buckets: [...buckets.values()] };
}

/** Whether two indexes have the same constants and as many rules. */
export function areAlike(
  one: Pick<Lessons, 'constants' | 'rules'>,
  other: Pick<Lessons, 'constants' | 'rules'>,
): boolean {
  return one.rules === other.rules && one.constants.join('\0') === other.constants.join('\0');
}

/** Finds the comparisons of an index's rules by where they stand, and where they stand. */
export class Origins {
  readonly #rules: readonly CompiledRule[];
  readonly #table: AtomTable;
  readonly #atoms = new Map<number, readonly Atom[]>();
  #places: ReadonlyMap<number, readonly [rule: number, nth: number]> | undefined;

  constructor(rules: readonly CompiledRule[], table: AtomTable) {
    this.#rules = rules;
    this.#table = table;
  }

  /** Two numbers for each comparison: that of a rule, and which of the rule's comparisons it is. */
  of(atoms: readonly IndexedAtom[]): Uint32Array {
    this.#places ??= this.#findPlaces();
    const origins = new Uint32Array(atoms.length * 2);
    for (const [index, { atom }] of atoms.entries()) {
      const place = this.#places.get(this.#table.numberOf(atom));
      if (!place) throw new RangeError('the comparison is none of these rules');
      origins.set(place, index * 2);
    }
    return origins;
  }

  /** The comparison of a number, by what {@link of} told. */
  atom(origins: Uint32Array, number: number): Atom {
    const rule = origins[2 * number]!;
    const atom = this.#atomsOf(rule)[origins[2 * number + 1]!];
    if (!atom) throw new RangeError('these lessons are about other rules');
    return atom;
  }

  #atomsOf(rule: number): readonly Atom[] {
    let atoms = this.#atoms.get(rule);
    if (!atoms) this.#atoms.set(rule, (atoms = [...atomsOf(this.#rules[rule]!.detection)]));
    return atoms;
  }

  #findPlaces(): ReadonlyMap<number, readonly [rule: number, nth: number]> {
    const places = new Map<number, readonly [rule: number, nth: number]>();
    for (const rule of this.#rules.keys())
      for (const [nth, atom] of this.#atomsOf(rule).entries()) places.set(this.#table.numberOf(atom), [rule, nth]);
    return places;
  }
}
