import { fold } from './fold.ts';
import { compileGlob } from './glob.ts';
import { ANY, type Part } from './pattern.ts';
import type { EventText } from './reader.ts';

/** Asks whether one text of an event satisfies a value of a rule. */
export type TextTest = (text: EventText) => boolean;

/** Any of many string patterns: plain values in one set, the rest by the cheapest test that decides them. */
export class StringMatcher {
  readonly #cased: boolean;
  readonly #equal = new Set<string>();
  readonly #starts: string[] = [];
  readonly #ends: string[] = [];
  readonly #contained: string[] = [];
  readonly #globs: ((text: string) => boolean)[] = [];
  #matchesAll = false;
  #empty = true;

  constructor(cased: boolean) {
    this.#cased = cased;
  }

  get isEmpty(): boolean {
    return this.#empty;
  }

  add(pattern: readonly Part[]): void {
    this.#empty = false;
    const parts = this.#cased ? pattern : pattern.map((part) => (typeof part === 'string' ? fold(part) : part));
    const [first, second, third] = parts;
    if (parts.length === 0) this.#equal.add('');
    else if (parts.length === 1 && typeof first === 'string') this.#equal.add(first);
    else if (parts.length === 1 && first === ANY) this.#matchesAll = true;
    else if (parts.length === 2 && typeof first === 'string' && second === ANY) this.#starts.push(first);
    else if (parts.length === 2 && first === ANY && typeof second === 'string') this.#ends.push(second);
    else if (parts.length === 3 && first === ANY && typeof second === 'string' && third === ANY)
      this.#contained.push(second);
    else this.#globs.push(compileGlob(parts));
  }

  readonly test: TextTest = (eventText) => {
    const text = this.#cased ? eventText.raw : eventText.folded;
    return (
      this.#matchesAll ||
      this.#equal.has(text) ||
      this.#starts.some((needle) => text.startsWith(needle)) ||
      this.#ends.some((needle) => text.endsWith(needle)) ||
      this.#contained.some((needle) => text.includes(needle)) ||
      this.#globs.some((glob) => glob(text))
    );
  };
}
