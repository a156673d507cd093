import { END, OTHER, START, type Alphabet } from './alphabet.ts';
import type { Literal } from './literal.ts';
import type { Signals } from './signals.ts';
import { Trie } from './trie.ts';

/** Cells of the transition table; beyond, it is begun anew, as lazy automata do. */
export const MAX_CELLS = 1 << 24;
const FIRST_ROWS = 64;
const UNKNOWN = -1;

/** A row begins with its state and the epoch in which it reported last; one cell for each class follows. */
const STATE = 0;
const REPORTED = 1;
const HEAD = 2;

/**
 * All literals of one field in one Aho–Corasick automaton. Virtual symbols at both ends of a text make prefixes,
 * suffixes and whole values ordinary literals. Rows of the transition table are made when a text first leads there:
 * logs reach a small part of what rules could match.
 */
export class Automaton {
  readonly #trie = new Trie();
  readonly #alphabet: Alphabet;
  /** Where each ASCII unit's cell stands in a row. */
  readonly #ascii: Uint16Array;
  readonly #width: number;
  readonly #maxCells: number;
  /** Rows; a cell of a class holds twice the place of the next row, plus one where that row reports something. */
  #table: Int32Array;
  #used = 0;
  /** Places of the rows by state. */
  readonly #places: Int32Array;
  #start = 0;
  #row = 0;

  constructor(alphabet: Alphabet, entries: Iterable<readonly [Literal, signal: number]>, maxCells = MAX_CELLS) {
    this.#alphabet = alphabet;
    this.#ascii = alphabet.ascii.map((symbol) => symbol + HEAD);
    this.#width = alphabet.size + HEAD;
    this.#maxCells = maxCells;
    for (const [literal, signal] of entries) this.#trie.add(classesOf(literal, alphabet), signal);
    this.#trie.link();
    this.#table = new Int32Array(FIRST_ROWS * this.#width);
    this.#places = new Int32Array(this.#trie.size);
    this.#begin();
  }

  /** Reports the signals of every literal that the text holds; answers whether the text is more than ASCII. */
  scan(whole: string, signals: Signals): boolean {
    const text = this.#alphabet.prepare(whole);
    this.#trie.reportEmpty(signals);
    let row = this.#start;
    let ascii = true;
    for (let at = 0; at < text.length; at++) {
      at = this.#run(text, at, row, signals.epoch);
      row = this.#row;
      if (at === text.length) break;
      const unit = text.charCodeAt(at);
      ascii &&= unit < 128;
      row = this.#step(row, this.#alphabet.classOf(unit) + HEAD, signals);
    }
    this.#step(row, END + HEAD, signals);
    return !ascii;
  }

  /** Goes on as long as nothing is to be done but to go on; a loop without calls is twice as fast. Leaves the row in `#row`. */
  #run(text: string, from: number, start: number, epoch: number): number {
    const ascii = this.#ascii;
    const table = this.#table;
    let row = start;
    let at = from;
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit > 127) break;
      const next = table[row + ascii[unit]!]!;
      if (next < 0 || ((next & 1) !== 0 && table[(next >> 1) + REPORTED] !== epoch)) break;
      row = next >> 1;
    }
    this.#row = row;
    return at;
  }

  /** Takes one symbol with all that may come of it. */
  #step(row: number, symbol: number, signals: Signals): number {
    let next = this.#table[row + symbol]!;
    if (next < 0) next = this.#follow(row, symbol);
    const place = next >> 1;
    if ((next & 1) !== 0 && this.#table[place + REPORTED] !== signals.epoch) {
      this.#table[place + REPORTED] = signals.epoch;
      this.#trie.report(this.#table[place + STATE]!, signals);
    }
    return place;
  }

  /** Begins with an empty table. */
  #begin(): void {
    this.#used = 0;
    this.#places.fill(UNKNOWN);
    const root = this.#rowFor(Trie.ROOT);
    this.#start = this.#follow(root, START + HEAD) >> 1;
  }

  /** Finds a transition that the table lacks, and notes it. */
  #follow(row: number, symbol: number): number {
    const state = this.#trie.next(this.#table[row + STATE]!, symbol - HEAD);
    const full = this.#places[state] === UNKNOWN && this.#used + this.#width > this.#maxCells;
    if (full) this.#begin();
    const cell = this.#rowFor(state) * 2 + (this.#trie.reports(state) ? 1 : 0);
    // Where the table was begun anew, the row that led here is gone.
    if (!full) this.#table[row + symbol] = cell;
    return cell;
  }

  #rowFor(state: number): number {
    const known = this.#places[state]!;
    if (known !== UNKNOWN) return known;
    const place = this.#used;
    this.#used += this.#width;
    if (this.#used > this.#table.length) this.#grow();
    this.#table.fill(UNKNOWN, place, this.#used);
    this.#table[place + STATE] = state;
    return (this.#places[state] = place);
  }

  #grow(): void {
    const table = new Int32Array(this.#table.length * 2);
    table.set(this.#table);
    this.#table = table;
  }
}

function classesOf({ text, atStart, atEnd }: Literal, alphabet: Alphabet): number[] {
  const classes: number[] = atStart ? [START] : [];
  for (let at = 0; at < text.length; at++) {
    const symbol = alphabet.classOf(text.charCodeAt(at));
    if (symbol === OTHER) throw new RangeError(`the alphabet lacks a character of ${JSON.stringify(text)}`);
    classes.push(symbol);
  }
  if (atEnd) classes.push(END);
  return classes;
}
