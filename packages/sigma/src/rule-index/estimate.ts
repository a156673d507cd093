import type { AtomSet } from './atom-set.ts';
import type { Coverage } from './cover.ts';
import type { Literal } from './literal.ts';
import type { Odds } from './program.ts';
import type { Sample } from './sample.ts';

/** Nanoseconds, as measured on a desktop of 2024; only proportions matter. */
const READ_COST = 40;
const CHARACTER_COST = 2.2;
const KNOWN_COST = 5;
const TEST_COST = 500;
/** Characters that a field is thought to have before one was seen. */
const USUAL_LENGTH = 60;
/** Comparisons without literals hold in half of all events, for all we know. */
const UNKNOWN_ODDS = 0.5;

/** What comparisons cost and how often they hold: guessed from the literals, or from sampled events too. It decides speed, never answers. */
export class Estimate implements Odds {
  readonly #atoms: AtomSet;
  readonly #prior: Float64Array;
  readonly #sample: Sample | undefined;

  /** `prior`: what {@link guesses} says of the comparisons. */
  constructor(atoms: AtomSet, prior: Float64Array, sample?: Sample) {
    this.#atoms = atoms;
    this.#prior = prior;
    this.#sample = sample;
  }

  /** How often a comparison is asked for in an event. */
  askedRate(atom: number): number {
    return this.#sample ? this.#sample.asked[atom]! / Math.max(1, this.#sample.events) : 0;
  }

  /** Characters that a slot has in an event. */
  lengthOf(slot: number): number {
    return this.#sample ? this.#sample.characters[slot]! / Math.max(1, this.#sample.events) : USUAL_LENGTH;
  }

  /** What the choice of covers needs. */
  coverage(): Coverage {
    const atoms = this.#atoms;
    return {
      signalsOf: (atom) => atoms.signalsOf(atom),
      slotOf: (atom) => atoms.slotOf[atom]!,
      probability: (signal) => this.#probabilityOf(signal),
      slotCosts: atoms.slots.map((_, slot) => READ_COST + CHARACTER_COST * this.lengthOf(slot)),
    };
  }

  /** Odds: nanoseconds of asking a comparison. */
  cost(atom: number): number {
    return this.#atoms.signalsOf(atom) ? KNOWN_COST : TEST_COST;
  }

  /** Odds: how likely a comparison holds. */
  probability(atom: number): number {
    const signals = this.#atoms.signalsOf(atom);
    if (!signals) return UNKNOWN_ODDS;
    return Math.min(
      1,
      signals.reduce((sum, signal) => sum + this.#probabilityOf(signal), 0),
    );
  }

  #probabilityOf(signal: number): number {
    const before = this.#prior[signal % this.#atoms.size]!;
    if (!this.#sample) return before;
    return (this.#sample.frequency[signal]! + before) / (this.#sample.events + 1);
  }
}

/** How often each comparison holds, for all that its literals say. */
export function guesses(atoms: AtomSet): Float64Array {
  return Float64Array.from({ length: atoms.size }, (_, atom) => guess(atoms.literals(atom)));
}

/** The longer, the rarer; rarer still where they are tied to an end of the text. */
function guess(literals: readonly Literal[]): number {
  const odds = literals.map(
    ({ text, atStart, atEnd }) => (1 / (1 + text.length)) * (atStart ? 0.5 : 1) * (atEnd ? 0.5 : 1),
  );
  return Math.min(
    0.9,
    odds.reduce((sum, odd) => sum + odd, 0),
  );
}
