import { Alphabet, END, MAX_CLASSES, unitsOf } from './alphabet.ts';
import { Automaton } from './automaton.ts';
import { KeywordScanner } from './keyword-scanner.ts';
import type { Literal } from './literal.ts';
import type { Signals } from './signals.ts';

/** A literal and the signal that finding it gives. */
export type Entry = readonly [Literal, signal: number];

/** Looks for literals in a text; answers whether it met anything beyond ASCII, where it was not asked to look for that. */
interface Scanner {
  scan(text: string, signals: Signals): boolean;
}

const NON_ASCII = /[^\0-\x7f]/;

/**
 * One field of the events (or their whole texts) and all literals that rules look for in it. Those that ASCII cannot
 * write have an automaton of their own, which runs only where a text is not ASCII.
 */
export class Slot {
  /** The field; `undefined` stands for the texts of keyword searches. */
  readonly field: string | undefined;
  readonly #plain: Entry[] = [];
  readonly #wide: Entry[] = [];
  readonly #wideUnits = new Set<number>();
  #plainScanner: Scanner | undefined;
  #wideScanner: Scanner | undefined;

  constructor(field: string | undefined) {
    this.field = field;
  }

  /** Takes literals in; `false`, and none is taken, where their characters are more than can be told apart. */
  add(entries: readonly Entry[]): boolean {
    const wide = entries.filter(([{ text }]) => NON_ASCII.test(text));
    const fresh = new Set<number>();
    for (const [{ text }] of wide) for (const unit of unitsOf(text)) if (!this.#wideUnits.has(unit)) fresh.add(unit);
    if (this.#wideUnits.size + fresh.size + END + 1 > MAX_CLASSES) return false;
    for (const unit of fresh) this.#wideUnits.add(unit);
    for (const entry of entries) (NON_ASCII.test(entry[0].text) ? this.#wide : this.#plain).push(entry);
    return true;
  }

  /** Reports every literal that the text holds. */
  scan(text: string, signals: Signals): void {
    this.#plainScanner ??= this.#makePlain();
    const beyond = this.#plainScanner.scan(text, signals);
    if (!beyond || this.#wide.length === 0) return;
    this.#wideScanner ??= new Automaton(new Alphabet(this.#wideUnits), this.#wide);
    this.#wideScanner.scan(text, signals);
  }

  /** Lets the scanners be made anew. */
  reset(): void {
    this.#plainScanner = this.#wideScanner = undefined;
  }

  #makePlain(): Scanner {
    if (this.field === undefined && KeywordScanner.fits(this.#plain)) return new KeywordScanner(this.#plain);
    const units = new Set(this.#plain.flatMap(([{ text }]) => [...unitsOf(text)]));
    return new Automaton(new Alphabet(units), this.#plain);
  }
}
