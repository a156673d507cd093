import type { AtomSet } from './atom-set.ts';
import type { Coverage } from './cover.ts';
import type { Literal } from './literal.ts';
import type { Odds } from './program.ts';
import type { Signals } from './signals.ts';

/** Nanoseconds, as measured on a desktop of 2024; only proportions matter. */
const READ_COST = 40;
const CHARACTER_COST = 2.2;
const KNOWN_COST = 5;
const TEST_COST = 500;
/** Characters that a field is thought to have before one was seen. */
const USUAL_LENGTH = 60;
/** Comparisons without literals hold in half of all events, for all we know. */
const UNKNOWN_ODDS = 0.5;

/** What comparisons cost and how often they hold: guessed from the literals at first, then from sampled events. It decides speed, never answers. */
export class Estimate implements Odds {
  readonly #atoms: AtomSet;
  readonly #signals: Signals;
  readonly #prior: Float64Array;
  readonly #characters: Float64Array;
  readonly #asked: Uint32Array;
  #from: number | undefined;

  constructor(atoms: AtomSet, signals: Signals) {
    this.#atoms = atoms;
    this.#signals = signals;
    this.#prior = Float64Array.from({ length: atoms.size }, (_, atom) => prior(atoms.literals(atom)));
    this.#characters = new Float64Array(atoms.slots.length);
    this.#asked = new Uint32Array(atoms.size);
  }

  /** Begins a sample of events in which every slot is scanned. */
  begin(): void {
    this.#from = this.#signals.epoch;
    this.#signals.frequency.fill(0);
    this.#characters.fill(0);
    this.#asked.fill(0);
  }

  /** A text of a slot was scanned. */
  scanned(slot: number, characters: number): void {
    this.#characters[slot]! += characters;
  }

  /** A comparison was asked for. */
  asked(atom: number): void {
    this.#asked[atom]!++;
  }

  /** How often a comparison is asked for in an event. */
  askedRate(atom: number): number {
    return this.#asked[atom]! / Math.max(1, this.#events);
  }

  /** Characters that a slot has in an event. */
  lengthOf(slot: number): number {
    return this.#from === undefined ? USUAL_LENGTH : this.#characters[slot]! / Math.max(1, this.#events);
  }

  /** What the choice of covers needs. */
  coverage(): Coverage {
    const atoms = this.#atoms;
    return {
      signalsOf: (atom) => atoms.signalsOf(atom),
      slotOf: (atom) => atoms.slotOf(atom),
      probability: (signal) => this.#probabilityOf(signal),
      slotCosts: atoms.slots.map((_, slot) => this.#slotCost(slot)),
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
    if (this.#from === undefined) return before;
    return (this.#signals.frequency[signal]! + before) / (this.#events + 1);
  }

  #slotCost(slot: number): number {
    return READ_COST + CHARACTER_COST * this.lengthOf(slot);
  }

  get #events(): number {
    return this.#signals.epoch - this.#from!;
  }
}

/** A guess from the literals: the longer, the rarer; rarer still where they are tied to an end of the text. */
function prior(literals: readonly Literal[]): number {
  const odds = literals.map(
    ({ text, atStart, atEnd }) => (1 / (1 + text.length)) * (atStart ? 0.5 : 1) * (atEnd ? 0.5 : 1),
  );
  return Math.min(
    0.9,
    odds.reduce((sum, odd) => sum + odd, 0),
  );
}
