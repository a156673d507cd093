import { foldedUnits } from '../fold.ts';
import type { Literal } from './literal.ts';
import type { Signals } from './signals.ts';

/** Shorter words give no jumps worth making. */
const MIN_WINDOW = 4;
const MAX_WINDOW = 32;
const HASH_MASK = 0xfff;

/**
 * Looks for a few words in long texts: Wu and Manber's algorithm, which jumps by nearly the length of the shortest word
 * wherever two characters end no word. On raw records it reads a fraction of what an automaton reads.
 */
export class KeywordScanner {
  readonly #folded = foldedUnits();
  readonly #window: number;
  /** By the hash of two folded units: how far the window may go; 0 where words may end. */
  readonly #jumps: Uint8Array;
  readonly #words = new Map<number, (readonly [text: string, signal: number])[]>();

  /** Whether all literals are of the kind that this scanner looks for: untied and not too short. */
  static fits(literals: readonly (readonly [Literal, signal: number])[]): boolean {
    return literals.every(([{ text, atStart, atEnd }]) => !atStart && !atEnd && text.length >= MIN_WINDOW);
  }

  constructor(literals: readonly (readonly [Literal, signal: number])[]) {
    this.#window = literals.reduce((least, [{ text }]) => Math.min(least, text.length), MAX_WINDOW);
    this.#jumps = new Uint8Array(HASH_MASK + 1).fill(this.#window - 1);
    for (const [{ text }, signal] of literals) this.#add(text, signal);
  }

  /** Reports the signals of every word that the text holds; it jumps over too much to know whether the text is ASCII. */
  scan(text: string, signals: Signals): boolean {
    const folded = this.#folded;
    const jumps = this.#jumps;
    for (let at = this.#window - 1; at < text.length;) {
      const hash = hashOf(folded[text.charCodeAt(at - 1)]!, folded[text.charCodeAt(at)]!);
      const jump = jumps[hash]!;
      if (jump === 0) this.#check(hash, text, at - this.#window + 1, signals);
      at += jump === 0 ? 1 : jump;
    }
    return true;
  }

  #add(text: string, signal: number): void {
    const end = this.#window - 1;
    for (let at = 1; at <= end; at++) {
      const hash = hashOf(text.charCodeAt(at - 1), text.charCodeAt(at));
      this.#jumps[hash] = Math.min(this.#jumps[hash]!, end - at);
      if (at === end) this.#words.set(hash, [...(this.#words.get(hash) ?? []), [text, signal]]);
    }
  }

  #check(hash: number, text: string, from: number, signals: Signals): void {
    for (const [word, signal] of this.#words.get(hash)!) {
      let at = 0;
      while (at < word.length && this.#folded[text.charCodeAt(from + at)] === word.charCodeAt(at)) at++;
      if (at === word.length) signals.hit(signal);
    }
  }
}

function hashOf(first: number, second: number): number {
  return ((first << 5) ^ second) & HASH_MASK;
}
