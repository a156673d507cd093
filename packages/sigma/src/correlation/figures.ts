import { Tally } from './counting.ts';
import { textOf, valueOf, type Entry } from './entry.ts';
import { exactNumber, fromExact, toExact } from './exact.ts';
import { figureOnly, type Measure, type Reading } from './measure.ts';
import { stands } from './relation.ts';
import type { Bound, Relation, SigmaCorrelation } from './types.ts';

interface ExactBound {
  readonly relation: Relation;
  readonly limit: bigint;
}

function exactBounds(bounds: readonly Bound[]): readonly ExactBound[] {
  return bounds.map(({ relation, value }) => ({ relation, limit: toExact(value) }));
}

/** The sum or mean of a field's numbers. Values that are no numbers do not count; without any nothing holds. */
export class Total implements Measure {
  readonly #correlation: SigmaCorrelation;
  readonly #bounds: readonly ExactBound[];
  readonly #field: string;
  readonly #figure: 'sum' | 'mean';
  #sum = 0n;
  #count = 0;

  constructor(correlation: SigmaCorrelation, bounds: readonly Bound[], field: string, figure: 'sum' | 'mean') {
    this.#correlation = correlation;
    this.#bounds = exactBounds(bounds);
    this.#field = field;
    this.#figure = figure;
  }

  add(entry: Entry): void {
    this.#change(entry, 1);
  }

  remove(entry: Entry): void {
    this.#change(entry, -1);
  }

  holds(): boolean {
    // A mean is compared as "sum against limit × count", which needs no division.
    const times = this.#figure === 'mean' ? BigInt(this.#count) : 1n;
    return this.#count > 0 && this.#bounds.every(({ relation, limit }) => stands(this.#sum, relation, limit * times));
  }

  reading(): Reading {
    if (this.#count === 0) return figureOnly(undefined);
    return figureOnly(fromExact(this.#sum) / (this.#figure === 'mean' ? this.#count : 1));
  }

  #change(entry: Entry, sign: 1 | -1): void {
    const number = exactNumber(valueOf(this.#correlation, this.#field, entry));
    if (number === undefined) return;
    this.#sum += BigInt(sign) * number;
    this.#count += sign;
  }
}

/** Parts of a percent that are told apart. */
const STEPS = 1e6;

/** Which of so many numbers in order a percentile is, from 1. In whole numbers: 0.55 × 100 would be a little more than 55. */
export function nearestRank(percentile: number, count: number): number {
  return Math.max(1, Math.ceil((Math.round(percentile * STEPS) * count) / (100 * STEPS)));
}

/** A percentile of a field's numbers by nearest rank. A window without numbers is left to `otherwise`. */
export class Percentile implements Measure {
  readonly #correlation: SigmaCorrelation;
  readonly #bounds: readonly ExactBound[];
  readonly #field: string;
  readonly #percentile: number;
  readonly #otherwise: Measure | undefined;
  /** The window's numbers, ascending. */
  readonly #numbers: bigint[] = [];

  constructor(
    correlation: SigmaCorrelation,
    bounds: readonly Bound[],
    field: string,
    percentile: number,
    otherwise?: Measure,
  ) {
    this.#correlation = correlation;
    this.#bounds = exactBounds(bounds);
    this.#field = field;
    this.#percentile = percentile;
    this.#otherwise = otherwise;
  }

  add(entry: Entry): void {
    this.#otherwise?.add(entry);
    const number = exactNumber(valueOf(this.#correlation, this.#field, entry));
    if (number !== undefined) this.#numbers.splice(this.#placeOf(number), 0, number);
  }

  remove(entry: Entry): void {
    this.#otherwise?.remove(entry);
    const number = exactNumber(valueOf(this.#correlation, this.#field, entry));
    if (number !== undefined) this.#numbers.splice(this.#placeOf(number), 1);
  }

  holds(entry: Entry, firstSequence: number): boolean {
    if (this.#numbers.length === 0) return this.#otherwise?.holds(entry, firstSequence) ?? false;
    return this.#bounds.every(({ relation, limit }) => stands(this.#figure(), relation, limit));
  }

  reading(entry: Entry, firstSequence: number): Reading {
    if (this.#numbers.length > 0) return figureOnly(fromExact(this.#figure()));
    return this.#otherwise?.reading(entry, firstSequence) ?? figureOnly(undefined);
  }

  #figure(): bigint {
    return this.#numbers[nearestRank(this.#percentile, this.#numbers.length) - 1]!;
  }

  /** The position of the first number that is not less. */
  #placeOf(number: bigint): number {
    let [low, high] = [0, this.#numbers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#numbers[middle]! < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The share of the last entry's value among the values of the window, in percent. */
export class Share implements Measure {
  readonly #correlation: SigmaCorrelation;
  readonly #bounds: readonly ExactBound[];
  readonly #field: string;
  readonly #tally = new Tally();

  constructor(correlation: SigmaCorrelation, bounds: readonly Bound[], field: string) {
    this.#correlation = correlation;
    this.#bounds = exactBounds(bounds);
    this.#field = field;
  }

  add(entry: Entry): void {
    const text = this.#textOf(entry);
    if (text !== undefined) this.#tally.add(text);
  }

  remove(entry: Entry): void {
    const text = this.#textOf(entry);
    if (text !== undefined) this.#tally.remove(text);
  }

  holds(entry: Entry): boolean {
    const text = this.#textOf(entry);
    if (text === undefined) return false;
    const percents = toExact(100 * this.#tally.count(text));
    const total = BigInt(this.#tally.total);
    return this.#bounds.every(({ relation, limit }) => stands(percents, relation, limit * total));
  }

  reading(entry: Entry): Reading {
    const text = this.#textOf(entry);
    return figureOnly(text === undefined ? undefined : (100 * this.#tally.count(text)) / this.#tally.total);
  }

  #textOf(entry: Entry): string | undefined {
    return textOf(valueOf(this.#correlation, this.#field, entry));
  }
}
