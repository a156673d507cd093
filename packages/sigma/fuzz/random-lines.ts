import { damageLine } from './damage-line.ts';
import { FIELDS, randomField, randomText } from './pieces.ts';
import type { Random } from './random.ts';

const NUMBERS = [
  '0', '-0', '1', '7', '10', '1e3', '1E+2', '-1.5', '1.50', '1e400', '-1e400', '123456789012345', '1234567890123456', '-1234567890123456',
  '12345678901234567', '12345678901234567890', '0.1', '1e21', '1e-7', '9007199254740993', '1234567890123456.5', '1234567890123456e2', '-0.0', '0e0',
]; // prettier-ignore
const ENCODED = ['kiwi', 'abc', 'mimikatz', '-enc', 'http://'];
const SPACES = ['', '', '', '', '', '', ' ', '\t', ' \r '];
/** Values that come again and again in the lines of one log. */
const COMMON_VALUES = 24;
/** Times that a piece is repeated in a huge value. */
const HUGE = 3_000;
const MAX_DEPTH = 260;

/** Makes the lines of one log: most have the same names in the same order, and values that came before. */
export class RandomLines {
  readonly #random: Random;
  readonly #names: readonly string[];
  readonly #values: readonly string[];

  /** `fields`: those that rules ask for. */
  constructor(random: Random, fields: readonly string[]) {
    this.#random = random;
    const wanted = fields.filter(() => !random.once(4));
    this.#names = [...wanted, ...random.list(1, 4, () => randomField(random))].map((name) => JSON.stringify(name));
    this.#values = random.list(COMMON_VALUES, COMMON_VALUES, () => randomValue(random, 0));
  }

  /** The bytes of another line, without its line feed. */
  next(): Buffer {
    const random = this.#random;
    const members: string[] = [];
    for (const name of this.#names) if (!random.once(3)) members.push(this.#member(name));
    if (random.once(6)) members.push(this.#member(JSON.stringify(randomField(random))));
    if (random.once(6)) members.push(this.#member(random.pick(this.#names)));
    if (random.once(6)) members.reverse();
    if (random.once(200)) members.push(this.#member(`"\\u0041"`));
    const space = random.pick(SPACES);
    const line = Buffer.from(`${space}{${members.join(',')}${space}}`);
    return random.once(12) ? damageLine(line, random) : line;
  }

  #member(name: string): string {
    const random = this.#random;
    const value = random.once(3) ? randomValue(random, 0) : random.pick(this.#values);
    return `${random.pick(SPACES)}${name}${random.pick(SPACES)}:${random.pick(SPACES)}${value}${random.pick(SPACES)}`;
  }
}

/** A value as JSON writes it. */
function randomValue(random: Random, depth: number): string {
  switch (random.below(24)) {
    case 0:
    case 1:
      return random.pick(NUMBERS);
    case 2:
      return random.pick(['true', 'false', 'null']);
    case 3:
    case 4:
      return depth > 3
        ? '[]'
        : `[${random.list(0, 3, () => randomValue(random, depth + 1)).join(random.pick([',', ' , ']))}]`;
    case 5:
      return depth > 3 ? '{}' : randomObject(random, depth);
    case 6:
      return writeText(
        Buffer.from(`${'x'.repeat(random.below(3))}${random.pick(ENCODED)}y`).toString('base64'),
        random,
      );
    case 7:
      return writeText(Array.from(random.pick(ENCODED), (letter) => `${letter}\0`).join(''), random);
    case 8:
      return random.once(8) ? rareValue(random) : writeText(randomText(random), random);
    default:
      return writeText(randomText(random), random);
  }
}

function randomObject(random: Random, depth: number): string {
  const members = random.list(0, 3, () => `${JSON.stringify(random.pick(FIELDS))}:${randomValue(random, depth + 1)}`);
  return `{${members.join(',')}}`;
}

/** A value of many characters or many levels. */
function rareValue(random: Random): string {
  const depth = random.below(MAX_DEPTH);
  if (random.once(2)) return '['.repeat(depth) + random.pick(NUMBERS) + ']'.repeat(depth);
  return writeText(randomText(random).repeat(random.below(random.once(16) ? HUGE : HUGE / 10)), random);
}

/** A text between quotes, some of it escaped though it need not be. */
function writeText(text: string, random: Random): string {
  const json = JSON.stringify(text);
  switch (random.below(10)) {
    case 0:
      // No escape of JSON holds a k, so that each may be written as one.
      return json.replaceAll('k', '\\u006b').replaceAll('K', '\\u004B');
    case 1:
      return json.replaceAll('/', '\\/');
    case 2:
      return `"${Array.from({ length: text.length }, (_, at) => escaped(text.charCodeAt(at), random)).join('')}"`;
    default:
      return json;
  }
}

function escaped(unit: number, random: Random): string {
  if (random.once(2) && unit > 0x22 && unit < 0x7f && unit !== 0x5c) return String.fromCharCode(unit);
  const digits = unit.toString(16).padStart(4, '0');
  return `\\u${random.once(2) ? digits.toUpperCase() : digits}`;
}
