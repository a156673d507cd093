import { START, type Alphabet } from './alphabet.ts';
import type { Cells } from './cells.ts';
import type { Signals } from './signals.ts';
import { Trie } from './trie.ts';

/** Rows of the table; beyond, it is begun anew, as lazy automata do. A row's number and a bit fit into 16 bits. */
export const MAX_ROWS = 0x7fff;
const FIRST_ROWS = 64;
/** Cells of a table: with thousands of classes fewer rows have room. */
const MAX_CELLS = 8 * 2 ** 20;
/** Row 0 stands for what the table does not know yet. */
export const UNKNOWN = 0;

/**
 * The table of an automaton's transitions. Rows are made when a text first leads there: logs reach a small part of what
 * rules could match. The cell of a class holds twice the number of the next row, plus one where that row reports
 * something. Small cells with the commonest characters first: what a scan costs is the cache lines that it touches.
 */
export class Transitions<Kept extends Cells = Cells> {
  readonly cells: Kept;
  /** A row takes two to this power cells. */
  readonly shift: number;
  readonly #trie: Trie;
  readonly #symbols: Int32Array;
  readonly #maxRows: number;
  /** By state: its row. */
  #rowOf = new Uint16Array(FIRST_ROWS);
  /** By row: its state. */
  #states = new Int32Array(FIRST_ROWS);
  #rows = 0;
  #start = 0;

  /** `maxRows`: fewer than {@link MAX_ROWS} are for tests. */
  constructor(trie: Trie, alphabet: Alphabet, cells: Kept, maxRows: number) {
    this.#trie = trie;
    this.#symbols = alphabet.symbols;
    this.cells = cells;
    this.shift = 32 - Math.clz32(alphabet.size - 1);
    this.#maxRows = Math.min(maxRows, MAX_CELLS >> this.shift);
    cells.resize(FIRST_ROWS, 1 << this.shift);
    this.#begin();
  }

  /** The row before the first character. */
  get start(): number {
    return this.#start;
  }

  /** Takes one symbol with all that may come of it; answers the next row. */
  step(from: number, symbol: number, signals: Signals): number {
    let next = this.cells.table[(from << this.shift) + symbol]!;
    if (next === UNKNOWN) next = this.#follow(from, symbol);
    const row = next >> 1;
    const { reported } = this.cells;
    if ((next & 1) !== 0 && reported[row] !== signals.epoch) {
      reported[row] = signals.epoch;
      this.#trie.report(this.#states[row]!, signals);
    }
    return row;
  }

  /** Whether taking the symbol is more than going on. */
  isStep(row: number, symbol: number): boolean {
    const next = this.cells.table[(row << this.shift) + symbol]!;
    return next === UNKNOWN || (next & 1) !== 0;
  }

  /** Begins with an empty table. */
  #begin(): void {
    this.#rows = 1;
    this.#rowOf.fill(UNKNOWN);
    this.#start = this.#follow(this.#rowFor(Trie.ROOT), START) >> 1;
  }

  /** Finds a transition that the table lacks, and notes it. */
  #follow(row: number, symbol: number): number {
    const state = this.#trie.next(this.#states[row]!, this.#symbols[symbol]!);
    const full = (this.#rowOf[state] ?? UNKNOWN) === UNKNOWN && this.#rows > this.#maxRows;
    if (full) this.#begin();
    const cell = this.#rowFor(state) * 2 + (this.#trie.reports(state) ? 1 : 0);
    // Where the table was begun anew, the row that led here is gone.
    if (!full) this.cells.table[(row << this.shift) + symbol] = cell;
    return cell;
  }

  #rowFor(state: number): number {
    const known = this.#rowOf[state] ?? UNKNOWN;
    if (known !== UNKNOWN) return known;
    const row = this.#rows++;
    if (row === this.#states.length) this.#growRows();
    if (state >= this.#rowOf.length) this.#growStates(state);
    this.cells.table.fill(UNKNOWN, row << this.shift, (row + 1) << this.shift);
    this.#states[row] = state;
    this.cells.reported[row] = 0;
    return (this.#rowOf[state] = row);
  }

  #growStates(state: number): void {
    const rowOf = this.#rowOf;
    this.#rowOf = new Uint16Array(Math.max(state + 1, rowOf.length * 2));
    this.#rowOf.set(rowOf);
  }

  #growRows(): void {
    const states = this.#states;
    this.#states = new Int32Array(states.length * 2);
    this.#states.set(states);
    this.cells.resize(this.#states.length, 1 << this.shift);
  }
}
