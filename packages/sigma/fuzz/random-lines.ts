import { damageLine } from './damage-line.ts';
import { randomField, type Texts } from './pieces.ts';
import { RandomValues } from './random-values.ts';
import type { Random } from './random.ts';

const SPACES = ['', '', '', '', '', '', ' ', '\t', ' \r '];
const ESCAPED_NAME = '"\\u0041"';
/** Values that come again and again in the lines of one log. */
const COMMON_VALUES = 24;

/** Makes the lines of one log: most have the same names in the same order, and values that came before. */
export class RandomLines {
  readonly #random: Random;
  readonly #values: RandomValues;
  readonly #names: readonly string[];
  readonly #common: readonly string[];

  /** `fields`: those that rules ask for. */
  constructor(random: Random, texts: Texts, fields: readonly string[]) {
    this.#random = random;
    this.#values = new RandomValues(random, texts);
    const wanted = fields.filter(() => !random.once(4));
    this.#names = [...wanted, ...random.list(1, 4, () => randomField(random))].map((name) => JSON.stringify(name));
    this.#common = random.list(COMMON_VALUES, COMMON_VALUES, () => this.#values.next());
  }

  /** The bytes of another line, without its line feed. */
  next(): Buffer {
    const random = this.#random;
    const members: string[] = [];
    for (const name of this.#names) if (!random.once(3)) members.push(this.#member(name));
    if (random.once(6)) members.push(this.#member(JSON.stringify(randomField(random))));
    if (random.once(6)) members.push(this.#member(random.pick(this.#names)));
    if (random.once(6)) members.reverse();
    if (random.once(200)) members.push(this.#member(ESCAPED_NAME));
    const space = random.pick(SPACES);
    const line = Buffer.from(`${space}{${members.join(',')}${space}}`);
    return random.once(12) ? damageLine(line, random) : line;
  }

  #member(name: string): string {
    const random = this.#random;
    const value = random.once(3) ? this.#values.next() : random.pick(this.#common);
    return `${random.pick(SPACES)}${name}${random.pick(SPACES)}:${random.pick(SPACES)}${value}${random.pick(SPACES)}`;
  }
}
