import type { TextSlice } from '../types.ts';
import { Automaton } from './automaton.ts';
import { entriesOf } from './literal-list.ts';
import type { SlotPlan } from './plan.ts';
import { Sieve } from './sieve.ts';
import type { Signals } from './signals.ts';

const NON_ASCII = /[^\0-\x7f]/;

/**
 * Looks for the literals of a slot. Those that ASCII cannot write have an automaton of their own, which runs only where a
 * text is not ASCII. What looks for them is made when a text first comes.
 */
export class Slot {
  readonly plan: SlotPlan;
  #scanners: Scanners | undefined;

  constructor(plan: SlotPlan) {
    this.plan = plan;
  }

  /** Whether a JSON text may hold any of the literals in its values. */
  mayStandIn(json: string): boolean {
    return this.#made().mayStandIn(json);
  }

  /** {@link mayStandIn} for JSON in bytes; `undefined` where it has to be a string for that. */
  mayStandInBytes(slice: TextSlice): boolean | undefined {
    return this.#made().mayStandInBytes(slice);
  }

  /** Reports every literal that the text holds. */
  scan(text: string, signals: Signals): void {
    this.#made().scan(text, signals);
  }

  /** Reports every literal that a text in bytes holds; `false` where it has to be a string for that. */
  scanBytes(slice: TextSlice, signals: Signals): boolean {
    return this.#made().scanBytes(slice, signals);
  }

  /** Lets the scanners be made anew: epochs begin again. */
  reset(): void {
    this.#scanners = undefined;
  }

  #made(): Scanners {
    return (this.#scanners ??= new Scanners(this.plan));
  }
}

/** What looks for the literals of a slot. */
class Scanners {
  readonly #sieve: Sieve | undefined;
  readonly #jsonSieve: Sieve | undefined;
  readonly #plain: Automaton;
  readonly #wide: Automaton | undefined;

  constructor({ plain, wide, pieces, jsonPieces }: SlotPlan) {
    this.#plain = new Automaton(plain);
    this.#wide = wide && new Automaton(wide);
    this.#sieve = pieces && Sieve.of(entriesOf(plain), pieces);
    this.#jsonSieve = jsonPieces && Sieve.ofJson(jsonPieces);
  }

  mayStandIn(json: string): boolean {
    return this.#jsonSieve?.mayHold(json) ?? true;
  }

  mayStandInBytes(slice: TextSlice): boolean | undefined {
    return this.#jsonSieve?.mayHoldBytes(slice);
  }

  scanBytes(slice: TextSlice, signals: Signals): boolean {
    const may = this.#sieve ? this.#sieve.mayHoldBytes(slice) : true;
    if (may === undefined) return false;
    if (!may) return true;
    this.#plain.scanBytes(slice, signals);
    return true;
  }

  scan(text: string, signals: Signals): void {
    if (this.#sieve) {
      if (this.#sieve.mayHold(text)) this.#plain.scan(text, signals);
      if (this.#wide && NON_ASCII.test(text)) this.#wide.scan(text, signals);
    } else {
      const beyond = this.#plain.scan(text, signals);
      if (beyond) this.#wide?.scan(text, signals);
    }
  }
}
