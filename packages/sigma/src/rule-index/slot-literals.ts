import { END, MAX_CLASSES, unitsOf } from './alphabet.ts';
import { listOf, type Entry } from './literal-list.ts';
import type { SlotPlan } from './plan.ts';
import { piecesIn, piecesInJson } from './sieve.ts';

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
    const wide = entries.filter((entry) => !isPlain(entry));
    if (wide.length > 0 && !this.#addUnits(unitsOf(wide.map(([{ text }]) => text).join('')))) return false;
    for (const entry of entries) this.entries.push(entry);
    return true;
  }

  #addUnits(units: readonly number[]): boolean {
    const fresh = units.filter((unit) => !this.#wideUnits.has(unit));
    if (this.#wideUnits.size + fresh.length + END + 1 > MAX_CLASSES) return false;
    for (const unit of fresh) this.#wideUnits.add(unit);
    return true;
  }

  /** A plan that looks for all of them. */
  whole(): SlotPlan {
    // Keywords are looked for in whole records: nothing but a sieve makes that bearable.
    const pieces = this.field === undefined ? piecesIn(this.entries.filter(isPlain)) : undefined;
    return this.some(() => true, pieces);
  }

  /** A plan that looks for some of them, with a sieve before them where pieces are given. */
  some(wanted: (signal: number) => boolean, pieces: readonly string[] | undefined): SlotPlan {
    const entries = this.entries.filter(([, signal]) => wanted(signal));
    const plain = entries.filter(isPlain);
    const isWide = plain.length < entries.length;
    const wide = isWide ? listOf(entries.filter((entry) => !isPlain(entry))) : undefined;
    const jsonPieces = this.field === undefined && !isWide ? piecesInJson(entries) : undefined;
    return { field: this.field, plain: listOf(plain), wide, pieces, jsonPieces };
  }

  /** What a sieve before the wanted literals would look for; `undefined` where there can be none. */
  pieces(wanted: (signal: number) => boolean): readonly string[] | undefined {
    return piecesIn(this.entries.filter((entry) => wanted(entry[1]) && isPlain(entry)));
  }
}

function isPlain(entry: Entry): boolean {
  return !NON_ASCII.test(entry[0].text);
}
