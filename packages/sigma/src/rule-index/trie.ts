import { Column } from './column.ts';
import type { Signals } from './signals.ts';

const NONE = -1;

/** The literals of an automaton as a tree of symbols, with the links that Aho and Corasick lay over it. */
export class Trie {
  static readonly ROOT = 0;
  readonly #symbol = new Column();
  readonly #child = new Column();
  readonly #sibling = new Column();
  /** Signals as they were added, each with the state that gives it. */
  readonly #added: (readonly [state: number, signal: number])[] = [];
  /** Signals by state: those of a state begin at its cell and end at the next. */
  #from = new Int32Array(0);
  #signals = new Int32Array(0);
  /** The state of the longest proper suffix, and the nearest on that way that gives signals. */
  #fail = new Int32Array(0);
  #reporting = new Int32Array(0);
  #reported = new Int32Array(0);

  constructor() {
    this.#newState(NONE);
  }

  /** Number of states. */
  get size(): number {
    return this.#symbol.length;
  }

  /** Adds a literal; to be followed by {@link link}. */
  add(symbols: readonly number[], signal: number): void {
    let state = Trie.ROOT;
    for (const symbol of symbols) {
      let child = this.#childOf(state, symbol);
      if (child === NONE) {
        child = this.#newState(symbol);
        this.#sibling.set(child, this.#child.get(state));
        this.#child.set(state, child);
      }
      state = child;
    }
    this.#added.push([state, signal]);
  }

  /** Lays the links, breadth first. */
  link(): void {
    this.#sort();
    this.#fail = new Int32Array(this.size);
    this.#reporting = new Int32Array(this.size);
    this.#reported = new Int32Array(this.size);
    const queue = new Int32Array(this.size);
    let length = 1;
    for (let at = 0; at < length; at++) {
      const state = queue[at]!;
      for (let child = this.#child.get(state); child !== NONE; child = this.#sibling.get(child)) {
        const fail = state === Trie.ROOT ? Trie.ROOT : this.next(this.#fail[state]!, this.#symbol.get(child));
        this.#fail[child] = fail;
        this.#reporting[child] = this.#gives(fail) ? fail : this.#reporting[fail]!;
        queue[length++] = child;
      }
    }
  }

  /** The state after a symbol. */
  next(state: number, symbol: number): number {
    for (;;) {
      const child = this.#childOf(state, symbol);
      if (child !== NONE) return child;
      if (state === Trie.ROOT) return Trie.ROOT;
      state = this.#fail[state]!;
    }
  }

  /** Whether literals end at a state; those of length zero, which end everywhere, are left out. */
  reports(state: number): boolean {
    return state !== Trie.ROOT && (this.#gives(state) || this.#reporting[state] !== Trie.ROOT);
  }

  /** Reports the signals of all literals that end at a state: once an event, however often it is reached. */
  report(from: number, signals: Signals): void {
    const { epoch } = signals;
    for (let state = from; state !== Trie.ROOT && this.#reported[state] !== epoch; state = this.#reporting[state]!) {
      this.#reported[state] = epoch;
      const end = this.#from[state + 1]!;
      for (let at = this.#from[state]!; at < end; at++) signals.hit(this.#signals[at]!);
    }
  }

  /** Whether there are literals of length zero. */
  get reportsEmpty(): boolean {
    return this.#from[1]! > 0;
  }

  /** Reports the signals of literals of length zero, which every text holds. */
  reportEmpty(signals: Signals): void {
    const end = this.#from[1]!;
    for (let at = 0; at < end; at++) signals.hit(this.#signals[at]!);
  }

  #gives(state: number): boolean {
    return this.#from[state + 1]! > this.#from[state]!;
  }

  /** Puts the signals in the order of their states. */
  #sort(): void {
    this.#from = new Int32Array(this.size + 1);
    for (const [state] of this.#added) this.#from[state + 1]!++;
    for (let state = 0; state < this.size; state++) this.#from[state + 1]! += this.#from[state]!;
    this.#signals = new Int32Array(this.#added.length);
    const at = this.#from.slice();
    for (const [state, signal] of this.#added.splice(0)) this.#signals[at[state]!++] = signal;
  }

  #childOf(state: number, symbol: number): number {
    let child = this.#child.get(state);
    while (child !== NONE && this.#symbol.get(child) !== symbol) child = this.#sibling.get(child);
    return child;
  }

  #newState(symbol: number): number {
    this.#child.push(NONE);
    this.#sibling.push(NONE);
    return this.#symbol.push(symbol);
  }
}
