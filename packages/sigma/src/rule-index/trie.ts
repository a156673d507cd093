import { Column } from './column.ts';
import { NO_SYMBOL, symbolAt, type LiteralList } from './literal-list.ts';
import type { Signals } from './signals.ts';

const NONE = -1;

/**
 * The literals of an automaton as a tree of symbols, with the links that Aho and Corasick lay over it. A state is made when
 * a text first leads there, for texts reach few of them: until then it is a range of the sorted literals.
 */
export class Trie {
  static readonly ROOT = 0;
  readonly #literals: LiteralList;
  /** By state: the literals below it, which are alike as far as it is deep. */
  readonly #from = new Column();
  readonly #to = new Column();
  readonly #depth = new Column();
  readonly #symbol = new Column();
  readonly #child = new Column();
  readonly #sibling = new Column();
  /** The state of the longest proper suffix, and the nearest on that way that gives signals. */
  readonly #fail = new Column();
  readonly #reporting = new Column();
  /** The epoch in which it reported last. */
  readonly #reported = new Column();

  constructor(literals: LiteralList) {
    this.#literals = literals;
    this.#newState(0, literals.signals.length, 0, NONE);
  }

  /** The state after a symbol. */
  next(from: number, symbol: number): number {
    for (let state = from; ; state = this.#fail.get(state)) {
      const child = this.#childOf(state, symbol) ?? this.#findChild(state, symbol);
      if (child !== undefined) return child;
      if (state === Trie.ROOT) return Trie.ROOT;
    }
  }

  /** Whether literals end at a state; those of length zero, which end everywhere, are left out. */
  reports(state: number): boolean {
    return state !== Trie.ROOT && (this.#gives(state) || this.#reporting.get(state) !== Trie.ROOT);
  }

  /** Reports the signals of all literals that end at a state: once an event, however often it is reached. */
  report(from: number, signals: Signals): void {
    const { epoch } = signals;
    for (
      let state = from;
      state !== Trie.ROOT && this.#reported.get(state) !== epoch;
      state = this.#reporting.get(state)
    ) {
      this.#reported.set(state, epoch);
      this.#give(state, signals);
    }
  }

  /** Whether there are literals of length zero. */
  get reportsEmpty(): boolean {
    return this.#gives(Trie.ROOT);
  }

  /** Reports the signals of literals of length zero, which every text holds. */
  reportEmpty(signals: Signals): void {
    this.#give(Trie.ROOT, signals);
  }

  #give(state: number, signals: Signals): void {
    const end = this.#to.get(state);
    const depth = this.#depth.get(state);
    const { signals: given } = this.#literals;
    for (let at = this.#from.get(state); at < end && this.#endsAt(at, depth); at++) signals.hit(given[at]!);
  }

  /** Of the literals below a state, those that end there come first. */
  #gives(state: number): boolean {
    const from = this.#from.get(state);
    return from < this.#to.get(state) && this.#endsAt(from, this.#depth.get(state));
  }

  #endsAt(literal: number, depth: number): boolean {
    return symbolAt(this.#literals, literal, depth) === NO_SYMBOL;
  }

  /** A child that was made before. */
  #childOf(state: number, symbol: number): number | undefined {
    let child = this.#child.get(state);
    while (child !== NONE && this.#symbol.get(child) !== symbol) child = this.#sibling.get(child);
    return child === NONE ? undefined : child;
  }

  /** A child that was not made yet, with the states that its links lead to. */
  #findChild(parent: number, symbol: number): number | undefined {
    const found = this.#makeChild(parent, symbol);
    if (found === undefined) return undefined;
    const made = [found];
    let suffix = parent;
    for (let last = found; ;) {
      if (suffix === Trie.ROOT) break;
      suffix = this.#fail.get(suffix);
      const known = this.#childOf(suffix, symbol);
      const link = known ?? this.#makeChild(suffix, symbol);
      if (link === undefined) continue;
      this.#fail.set(last, link);
      if (known !== undefined) break;
      made.push((last = link));
    }
    // The shallower state first: what the deeper one reports hangs on it.
    for (const state of made.reverse()) {
      const fail = this.#fail.get(state);
      this.#reporting.set(state, this.#gives(fail) ? fail : this.#reporting.get(fail));
    }
    return found;
  }

  #makeChild(parent: number, symbol: number): number | undefined {
    const depth = this.#depth.get(parent);
    const end = this.#to.get(parent);
    const from = this.#firstFrom(this.#from.get(parent), end, depth, symbol);
    if (from === end || symbolAt(this.#literals, from, depth) !== symbol) return undefined;
    const child = this.#newState(from, this.#firstFrom(from, end, depth, symbol + 1), depth + 1, symbol);
    this.#sibling.set(child, this.#child.get(parent));
    this.#child.set(parent, child);
    return child;
  }

  /** The first literal of a range that has at least this symbol at a depth, by halving. */
  #firstFrom(from: number, to: number, depth: number, symbol: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (symbolAt(this.#literals, middle, depth) >= symbol) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #newState(from: number, to: number, depth: number, symbol: number): number {
    this.#to.push(to);
    this.#depth.push(depth);
    this.#symbol.push(symbol);
    this.#child.push(NONE);
    this.#sibling.push(NONE);
    this.#fail.push(Trie.ROOT);
    this.#reporting.push(Trie.ROOT);
    this.#reported.push(0);
    return this.#from.push(from);
  }
}
