import { FIELDS, type Texts } from './pieces.ts';
import type { Random } from './random.ts';

const ENCODED = ['kiwi', 'abc', 'mimikatz', '-enc', 'http://'];
/** Times that a text is repeated in a long value, and in a huge one. */
const LONG = 300;
const HUGE = 3_000;
const MAX_DEPTH = 4;
const RARE_DEPTH = 260;

/** Makes values as JSON writes them. */
export class RandomValues {
  readonly #random: Random;
  readonly #texts: Texts;

  constructor(random: Random, texts: Texts) {
    this.#random = random;
    this.#texts = texts;
  }

  /** Another value. `depth`: the levels that are around it. */
  next(depth = 0): string {
    const random = this.#random;
    switch (random.below(24)) {
      case 0:
      case 1:
        return this.#texts.nextNumber();
      case 2:
        return random.pick(['true', 'false', 'null']);
      case 3:
      case 4:
        return this.#array(depth + 1);
      case 5:
        return this.#object(depth + 1);
      case 6:
        return this.#write(Buffer.from(`${'x'.repeat(random.below(3))}${random.pick(ENCODED)}y`).toString('base64'));
      case 7:
        return this.#write(Array.from(random.pick(ENCODED), (letter) => `${letter}\0`).join(''));
      case 8:
        return random.once(8) ? this.#rare() : this.#write(this.#texts.next());
      default:
        return this.#write(this.#texts.nextVaried());
    }
  }

  #array(depth: number): string {
    if (depth > MAX_DEPTH) return '[]';
    return `[${this.#random.list(0, 3, () => this.next(depth)).join(this.#random.pick([',', ' , ']))}]`;
  }

  #object(depth: number): string {
    if (depth > MAX_DEPTH) return '{ }';
    const member = (): string => `${JSON.stringify(this.#random.pick(FIELDS))}:${this.next(depth)}`;
    return `{${this.#random.list(0, 3, member).join(',')}}`;
  }

  /** A value of many characters or many levels. */
  #rare(): string {
    const random = this.#random;
    const depth = random.below(RARE_DEPTH);
    if (random.once(2)) return '['.repeat(depth) + this.#texts.nextNumber() + ']'.repeat(depth);
    return this.#write(this.#texts.next().repeat(random.below(random.once(16) ? HUGE : LONG)));
  }

  /** A text between quotes, some of it escaped though it need not be. */
  #write(text: string): string {
    const json = JSON.stringify(text);
    switch (this.#random.below(10)) {
      case 0:
        // No escape of JSON holds a k, so that each may be written as one.
        return json.replaceAll('k', '\\u006b').replaceAll('K', '\\u004B');
      case 1:
        return json.replaceAll('/', '\\/');
      case 2:
        return `"${Array.from({ length: text.length }, (_, at) => this.#escaped(text.charCodeAt(at))).join('')}"`;
      default:
        return json;
    }
  }

  #escaped(unit: number): string {
    if (this.#random.once(2) && unit > 0x22 && unit < 0x7f && unit !== 0x5c) return String.fromCharCode(unit);
    const digits = unit.toString(16).padStart(4, '0');
    return `\\u${this.#random.once(2) ? digits.toUpperCase() : digits}`;
  }
}
