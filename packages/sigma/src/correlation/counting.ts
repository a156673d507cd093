import type { Entry } from './entry.ts';
import { figureOnly, type Measure, type Reading } from './measure.ts';
import { stands } from './relation.ts';
import type { Alternative, Bound } from './types.ts';

/** How often each key stands in a window. */
export class Tally {
  readonly #counts = new Map<string, number>();
  #total = 0;

  /** The number of different keys. */
  get distinct(): number {
    return this.#counts.size;
  }

  /** The number of all keys. */
  get total(): number {
    return this.#total;
  }

  count(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  add(key: string): void {
    this.#counts.set(key, this.count(key) + 1);
    this.#total++;
  }

  remove(key: string): void {
    const left = this.count(key) - 1;
    if (left > 0) this.#counts.set(key, left);
    else this.#counts.delete(key);
    this.#total--;
  }
}

/** Counts different keys; entries without a key do not count. */
export class DistinctCount implements Measure {
  readonly #tally = new Tally();
  readonly #bounds: readonly Bound[];
  readonly #keyOf: (entry: Entry) => string | undefined;

  constructor(bounds: readonly Bound[], keyOf: (entry: Entry) => string | undefined) {
    this.#bounds = bounds;
    this.#keyOf = keyOf;
  }

  add(entry: Entry): void {
    const key = this.#keyOf(entry);
    if (key !== undefined) this.#tally.add(key);
  }

  remove(entry: Entry): void {
    const key = this.#keyOf(entry);
    if (key !== undefined) this.#tally.remove(key);
  }

  holds(): boolean {
    return this.#bounds.every(({ relation, value }) => stands(this.#tally.distinct, relation, value));
  }

  reading(): Reading {
    return figureOnly(this.#tally.distinct);
  }
}

/** Asks which rules occur in the window. */
export class Presence implements Measure {
  readonly #tally = new Tally();
  readonly #alternatives: readonly Alternative[];

  constructor(alternatives: readonly Alternative[]) {
    this.#alternatives = alternatives;
  }

  add(entry: Entry): void {
    this.#tally.add(entry.rule);
  }

  remove(entry: Entry): void {
    this.#tally.remove(entry.rule);
  }

  holds(): boolean {
    return this.#alternatives.some(
      ({ present, absent }) =>
        present.every((rule) => this.#tally.count(rule) > 0) && absent.every((rule) => this.#tally.count(rule) === 0),
    );
  }

  reading(): Reading {
    return nearest(
      this.#alternatives.map(({ present, absent }) => ({
        missing: present.filter((rule) => this.#tally.count(rule) === 0),
        unwanted: absent.filter((rule) => this.#tally.count(rule) > 0),
      })),
    );
  }
}

/** The first of the readings that lack least. */
export function nearest(readings: readonly Reading[]): Reading {
  const lack = ({ missing, unwanted }: Reading): number => missing.length + unwanted.length;
  return readings.reduce((best, reading) => (lack(reading) < lack(best) ? reading : best));
}
