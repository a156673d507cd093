import { END, OTHER, START, type Alphabet } from './alphabet.ts';
import type { Literal } from './literal.ts';
import type { Signals } from './signals.ts';
import { Trie } from './trie.ts';

/** Rows of the transition table; beyond, it is begun anew, as lazy automata do. A row's number and a bit fit into 16 bits. */
export const MAX_ROWS = 0x7fff;
const FIRST_ROWS = 64;
/** Row 0 stands for what the table does not know yet. */
const UNKNOWN = 0;

/**
 * All literals of one field in one Aho–Corasick automaton. Virtual symbols at both ends of a text make prefixes,
 * suffixes and whole values ordinary literals. Rows of the transition table are made when a text first leads there:
 * logs reach a small part of what rules could match.
 */
export class Automaton {
  readonly #trie = new Trie();
  readonly #alphabet: Alphabet;
  readonly #maxRows: number;
  /** A row takes two to this power cells. */
  readonly #shift: number;
  /**
   * Rows; the cell of a class holds twice the number of the next row, plus one where that row reports something. Small
   * cells with the commonest characters first: what a scan costs is the cache lines that it touches.
   */
  #table: Uint16Array;
  #rows = 0;
  readonly #rowOf: Uint16Array;
  /** By row: its state, and the epoch in which it reported last. */
  #states: Int32Array;
  #reported: Int32Array;
  #start = 0;
  #row = 0;

  /** `maxRows`: fewer than {@link MAX_ROWS} are for tests. */
  constructor(alphabet: Alphabet, entries: Iterable<readonly [Literal, signal: number]>, maxRows = MAX_ROWS) {
    this.#alphabet = alphabet;
    this.#maxRows = maxRows;
    this.#shift = 32 - Math.clz32(alphabet.size - 1);
    for (const [literal, signal] of entries) this.#trie.add(classesOf(literal, alphabet), signal);
    this.#trie.link();
    this.#table = new Uint16Array(FIRST_ROWS << this.#shift);
    this.#states = new Int32Array(FIRST_ROWS);
    this.#reported = new Int32Array(FIRST_ROWS);
    this.#rowOf = new Uint16Array(this.#trie.size);
    this.#begin();
  }

  /** Reports the signals of every literal that the text holds; answers whether the text is more than ASCII. */
  scan(whole: string, signals: Signals): boolean {
    const text = this.#alphabet.prepare(whole);
    if (this.#trie.reportsEmpty) this.#trie.reportEmpty(signals);
    let row = this.#start;
    let ascii = true;
    for (let at = 0; at < text.length; at++) {
      at = this.#run(text, at, row, signals.epoch);
      row = this.#row;
      if (at === text.length) break;
      const unit = text.charCodeAt(at);
      ascii &&= unit < 128;
      row = this.#step(row, this.#alphabet.classOf(unit), signals);
    }
    const last = this.#table[(row << this.#shift) + END]!;
    if (last === UNKNOWN || (last & 1) !== 0) this.#step(row, END, signals);
    return !ascii;
  }

  /** Goes on as long as nothing is to be done but to go on; a loop without calls is twice as fast. Leaves the row in `#row`. */
  #run(text: string, from: number, start: number, epoch: number): number {
    const { ascii } = this.#alphabet;
    const table = this.#table;
    const reported = this.#reported;
    const shift = this.#shift;
    let row = start;
    let at = from;
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit > 127) break;
      const next = table[(row << shift) + ascii[unit]!]!;
      if (next === UNKNOWN || ((next & 1) !== 0 && reported[next >> 1] !== epoch)) break;
      row = next >> 1;
    }
    this.#row = row;
    return at;
  }

  /** Takes one symbol with all that may come of it. */
  #step(from: number, symbol: number, signals: Signals): number {
    let next = this.#table[(from << this.#shift) + symbol]!;
    if (next === UNKNOWN) next = this.#follow(from, symbol);
    const row = next >> 1;
    if ((next & 1) !== 0 && this.#reported[row] !== signals.epoch) {
      this.#reported[row] = signals.epoch;
      this.#trie.report(this.#states[row]!, signals);
    }
    return row;
  }

  /** Begins with an empty table. */
  #begin(): void {
    this.#rows = 1;
    this.#rowOf.fill(UNKNOWN);
    this.#start = this.#follow(this.#rowFor(Trie.ROOT), START) >> 1;
  }

  /** Finds a transition that the table lacks, and notes it. */
  #follow(row: number, symbol: number): number {
    const state = this.#trie.next(this.#states[row]!, symbol);
    const full = this.#rowOf[state] === UNKNOWN && this.#rows > this.#maxRows;
    if (full) this.#begin();
    const cell = this.#rowFor(state) * 2 + (this.#trie.reports(state) ? 1 : 0);
    // Where the table was begun anew, the row that led here is gone.
    if (!full) this.#table[(row << this.#shift) + symbol] = cell;
    return cell;
  }

  #rowFor(state: number): number {
    const known = this.#rowOf[state]!;
    if (known !== UNKNOWN) return known;
    const row = this.#rows++;
    if (row === this.#states.length) this.#grow();
    this.#table.fill(UNKNOWN, row << this.#shift, (row + 1) << this.#shift);
    this.#states[row] = state;
    this.#reported[row] = 0;
    return (this.#rowOf[state] = row);
  }

  #grow(): void {
    this.#table = doubled(this.#table, new Uint16Array(this.#table.length * 2));
    this.#states = doubled(this.#states, new Int32Array(this.#states.length * 2));
    this.#reported = doubled(this.#reported, new Int32Array(this.#reported.length * 2));
  }
}

function doubled<Cells extends Uint16Array | Int32Array>(cells: Cells, twice: Cells): Cells {
  twice.set(cells);
  return twice;
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
