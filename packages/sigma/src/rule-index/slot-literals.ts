import { END, MAX_CLASSES, unitsOf } from './alphabet.ts';
import type { Entry } from './literal-list.ts';
import { Sieve } from './sieve.ts';

const NON_ASCII = /[^\0-\x7f]/;

/** All literals that rules look for in one field, or in whole texts. */
export class SlotLiterals {
  /** The field; `undefined` stands for the texts of keyword searches. */
  readonly field: string | undefined;
  readonly entries: Entry[] = [];
  readonly #wideUnits = new Set<number>();

  constructor(field: string | undefined) {
    this.field = field;
  }

  /** Takes literals in; `false`, and none is taken, where their characters are more than can be told apart. */
  add(entries: readonly Entry[]): boolean {
    const wide = entries.map(([{ text }]) => text).filter((text) => NON_ASCII.test(text));
    const fresh = unitsOf(wide).filter((unit) => !this.#wideUnits.has(unit));
    if (this.#wideUnits.size + fresh.length + END + 1 > MAX_CLASSES) return false;
    for (const unit of fresh) this.#wideUnits.add(unit);
    for (const entry of entries) this.entries.push(entry);
    return true;
  }

  /** How many pieces a sieve before the wanted literals would look for; `undefined` where there can be none. */
  piecesOfSieve(wanted: (signal: number) => boolean): number | undefined {
    return Sieve.of(this.entries.filter(([{ text }, signal]) => wanted(signal) && !NON_ASCII.test(text)))?.pieces;
  }
}
