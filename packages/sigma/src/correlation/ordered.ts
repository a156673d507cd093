import { nearest, Tally } from './counting.ts';
import type { Entry } from './entry.ts';
import { figureOnly, type Measure, type Reading } from './measure.ts';
import { OrderedChain } from './ordered-chain.ts';
import { stands } from './relation.ts';
import type { Alternative, Bound } from './types.ts';

/** Counts how many of the listed rules occur in their order. */
export class OrderedCount implements Measure {
  readonly #rules: readonly string[];
  readonly #bounds: readonly Bound[];
  readonly #chain: OrderedChain;

  constructor(rules: readonly string[], bounds: readonly Bound[]) {
    this.#rules = rules;
    this.#bounds = bounds;
    this.#chain = new OrderedChain(rules.length);
  }

  add(entry: Entry): void {
    this.#chain.add(this.#rules.indexOf(entry.rule), entry);
  }

  remove(): void {
    // Chains know by their beginning whether they are still in the window.
  }

  holds(_: Entry, firstSequence: number): boolean {
    const length = this.#chain.longest(firstSequence);
    return this.#bounds.every(({ relation, value }) => stands(length, relation, value));
  }

  reading(_: Entry, firstSequence: number): Reading {
    return figureOnly(this.#chain.longest(firstSequence));
  }
}

/** Asks whether the rules that a condition demands occur in their order, and those that it excludes do not. */
export class OrderedPresence implements Measure {
  readonly #tally = new Tally();
  readonly #alternatives: readonly (Alternative & { readonly chain: OrderedChain })[];

  constructor(alternatives: readonly Alternative[]) {
    this.#alternatives = alternatives.map((alternative) => ({
      ...alternative,
      chain: new OrderedChain(alternative.present.length),
    }));
  }

  add(entry: Entry): void {
    this.#tally.add(entry.rule);
    for (const { present, chain } of this.#alternatives) {
      const step = present.indexOf(entry.rule);
      if (step >= 0) chain.add(step, entry);
    }
  }

  remove(entry: Entry): void {
    this.#tally.remove(entry.rule);
  }

  holds(_: Entry, firstSequence: number): boolean {
    return this.#alternatives.some(
      ({ present, absent, chain }) =>
        absent.every((rule) => this.#tally.count(rule) === 0) && chain.longest(firstSequence) === present.length,
    );
  }

  reading(_: Entry, firstSequence: number): Reading {
    return nearest(
      this.#alternatives.map(({ present, absent, chain }) => {
        const missing = present.filter((rule) => this.#tally.count(rule) === 0);
        // All may be there, only not one after the other: then the last ones come too early.
        const unordered = missing.length > 0 ? missing : present.slice(chain.longest(firstSequence));
        return { missing: unordered, unwanted: absent.filter((rule) => this.#tally.count(rule) > 0) };
      }),
    );
  }
}
