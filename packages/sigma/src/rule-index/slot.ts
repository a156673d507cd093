import type { TextSlice } from '../types.ts';
import { Alphabet, END, MAX_CLASSES, unitsOf } from './alphabet.ts';
import { Automaton } from './automaton.ts';
import type { Literal } from './literal.ts';
import { Sieve } from './sieve.ts';
import type { Signals } from './signals.ts';

/** A literal and the signal that finding it gives. */
export type Entry = readonly [Literal, signal: number];

const NON_ASCII = /[^\0-\x7f]/;

/**
 * One field of the events (or their whole texts) and the literals that rules look for in it. Those that ASCII cannot
 * write have an automaton of their own, which runs only where a text is not ASCII.
 */
export class Slot {
  /** The field; `undefined` stands for the texts of keyword searches. */
  readonly field: string | undefined;
  readonly #all: Entry[] = [];
  readonly #wideUnits = new Set<number>();
  #kept: readonly Entry[] = this.#all;
  #sieved: boolean;
  #scanners: Scanners | undefined;

  constructor(field: string | undefined) {
    this.field = field;
    this.#sieved = field === undefined;
  }

  /** Takes literals in; `false`, and none is taken, where their characters are more than can be told apart. */
  add(entries: readonly Entry[]): boolean {
    const wide = entries.map(([{ text }]) => text).filter((text) => NON_ASCII.test(text));
    const fresh = unitsOf(wide).filter((unit) => !this.#wideUnits.has(unit));
    if (this.#wideUnits.size + fresh.length + END + 1 > MAX_CLASSES) return false;
    for (const unit of fresh) this.#wideUnits.add(unit);
    for (const entry of entries) this.#all.push(entry);
    return true;
  }

  /** How many pieces a sieve before the wanted literals would look for; `undefined` where there can be none. */
  piecesOfSieve(wanted: (signal: number) => boolean): number | undefined {
    return Sieve.of(this.#all.filter(([{ text }, signal]) => wanted(signal) && !NON_ASCII.test(text)))?.pieces;
  }

  /** Leaves out the literals that are not wanted, and puts a sieve before the rest, or none. */
  keep(wanted: (signal: number) => boolean, sieved: boolean): void {
    this.#kept = this.#all.filter(([, signal]) => wanted(signal));
    this.#sieved = sieved;
    this.reset();
  }

  /** Whether a JSON text may hold any of the literals in its values. */
  mayStandIn(json: string): boolean {
    this.#scanners ??= new Scanners(this.#kept, this.#sieved);
    return this.#scanners.mayStandIn(json);
  }

  /** {@link mayStandIn} for JSON in bytes; `undefined` where it has to be a string for that. */
  mayStandInBytes(slice: TextSlice): boolean | undefined {
    this.#scanners ??= new Scanners(this.#kept, this.#sieved);
    return this.#scanners.mayStandInBytes(slice);
  }

  /** Reports every literal that the text holds. */
  scan(text: string, signals: Signals): void {
    this.#scanners ??= new Scanners(this.#kept, this.#sieved);
    this.#scanners.scan(text, signals);
  }

  /** Reports every literal that a text in bytes holds; `false` where it has to be a string for that. */
  scanBytes(slice: TextSlice, signals: Signals): boolean {
    this.#scanners ??= new Scanners(this.#kept, this.#sieved);
    return this.#scanners.scanBytes(slice, signals);
  }

  /** Lets the scanners be made anew. */
  reset(): void {
    this.#scanners = undefined;
  }
}

/** What looks for the literals of a slot. */
class Scanners {
  readonly #sieve: Sieve | undefined;
  readonly #jsonSieve: Sieve | undefined;
  readonly #plain: Automaton;
  readonly #wide: Automaton | undefined;

  constructor(entries: readonly Entry[], sieved: boolean) {
    const plain = entries.filter(([{ text }]) => !NON_ASCII.test(text));
    const wide = entries.filter(([{ text }]) => NON_ASCII.test(text));
    this.#plain = automatonOf(plain);
    this.#wide = wide.length > 0 ? automatonOf(wide) : undefined;
    if (!sieved) return;
    this.#sieve = Sieve.of(plain);
    this.#jsonSieve = this.#wide ? undefined : Sieve.ofJson(plain);
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

function automatonOf(entries: readonly Entry[]): Automaton {
  return new Automaton(new Alphabet(unitsOf(entries.map(([{ text }]) => text))), entries);
}
