import { randomField, type Texts } from './pieces.ts';
import type { Random } from './random.ts';

/** Values of the placeholders that rules name. */
export const PLACEHOLDERS = { admins: ['kiwi', 'K*s', '1'], empty: [''] };

const NUMBERS = ['0', '1', '10', '-1.5', '1e3', '1e21', '7', '12345678901234567', '12345678901234567890', '-0'];
const SCALARS = [...NUMBERS, 'true', 'false'];
const TEXT_MODIFIERS = [
  '', '', '', '|contains', '|contains', '|startswith', '|endswith', '|cased', '|contains|cased', '|contains|all', '|neq', '|contains|neq',
  '|startswith|cased', '|windash', '|windash|contains', '|windash|contains|all', '|expand', '|contains|expand', '|all',
]; // prettier-ignore
const ENCODED_MODIFIERS = [
  '|base64', '|base64offset', '|base64offset|contains', '|wide|base64offset|contains', '|utf16be|base64|contains', '|utf16|base64offset|contains',
  '|wide', '|utf16le|contains', '|utf16be', '|base64|cased',
]; // prettier-ignore
const ENCODED = ['kiwi', 'a', 'abc', 'mimikatz', '-enc', 'http://', '\0'];
const REGEX_MODIFIERS = [
  '|re',
  '|re',
  '|re|i',
  '|re|i|m',
  '|re|s',
  '|re|m|s',
  '|re|startswith',
  '|re|endswith|i',
  '|re|expand',
  '|re|neq',
];
const EXPRESSIONS = [
  'a.*k', '^s', 'ki?wi$', '[a-c]+::', '(?i)exe', '.{300,}', '(x|ss)s', '\\d+', '^$', '', 'k', '[^a]', '\\bkiwi\\b', '(?:kiwi|mimi)k?', 'C:\\\\Windows',
  '\\x{1f600}', '[\\x{17f}\\x{212a}]', '^\\s*-', 'a|b|c|', '.', '\\\\', 'lsadump.{0,3}', '(a+)+$', '1.*0', '%admins%', '\\x00', 'K',
]; // prettier-ignore
const NETWORKS = [
  '10.0.0.0/8',
  '10.0.0.0/24',
  '192.168.1.77/32',
  '0.0.0.0/0',
  '::1/128',
  'fe80::/10',
  '::/0',
  '2001:db8::/32',
];
const COMPARISONS = ['gt', 'gte', 'lt', 'lte'];
const TIME_PARTS = [
  ['minute', 60], ['hour', 24], ['day', 29], ['week', 53], ['month', 12], ['year', 2027],
] as const; // prettier-ignore
const REFERENCE_MODIFIERS = ['', '', '|contains', '|startswith', '|endswith', '|neq'];
const LACKING = ['null', '[null, "a"]', '[]', '""', '["", null]'];
const KEYWORD_KEYS = [
  '|all', '|cased', '|contains|all', '|re', '|re|i', '|windash', '|base64offset|contains', '|startswith', '|neq',
]; // prettier-ignore
/** Keywords that a sieve looks for. */
const RARE_WORDS = ['Infinity', 'mimikatz', 'lsadump::', 'KIWI xjq', 'zq', 'sekurlsa', 'xjq'];

type Item = readonly [key: string, values: string];

/** Makes the parts of selections, as JSON writes them. */
export class RandomItems {
  readonly #random: Random;
  readonly #texts: Texts;
  /** Whether all keywords are such as a sieve looks for. */
  readonly #isSieved: boolean;

  constructor(random: Random, texts: Texts) {
    this.#random = random;
    this.#texts = texts;
    this.#isSieved = random.once(2);
  }

  /** A plain keyword. */
  keyword(): string {
    const random = this.#random;
    if (this.#isSieved) return JSON.stringify(random.pick(RARE_WORDS));
    return random.once(8) ? random.pick(SCALARS) : JSON.stringify(this.#texts.next() || 'kiwi');
  }

  /** Keywords with modifiers. */
  keywords(): Item {
    const key = this.#random.pick(KEYWORD_KEYS);
    return [key, this.#list(key.startsWith('|re') ? EXPRESSIONS : this.#isSieved ? RARE_WORDS : ENCODED)];
  }

  /** A field, its modifiers and values. */
  item(): Item {
    const random = this.#random;
    const field = randomField(random);
    switch (random.below(20)) {
      case 0:
      case 1:
        return [field + random.pick(REGEX_MODIFIERS), this.#list(EXPRESSIONS)];
      case 2:
        return [`${field}|exists`, String(random.once(2))];
      case 3:
        return [field, random.pick(LACKING)];
      case 4:
        return [`${field}|fieldref${random.pick(REFERENCE_MODIFIERS)}`, JSON.stringify(randomField(random))];
      case 5:
        return [`${field}|cidr`, this.#list(NETWORKS)];
      case 6:
        return [`${field}|${random.pick(COMPARISONS)}`, random.pick(NUMBERS)];
      case 7:
        return this.#time(field);
      case 8:
        return [field + random.pick(ENCODED_MODIFIERS), this.#list(ENCODED)];
      case 9:
        return ['EventID', random.pick(['1', '10', '"10"', '[1, 7]', '"1*"'])];
      case 10:
        return [field, `[${random.list(1, 3, () => this.#scalar()).join(', ')}]`];
      default:
        return [field + random.pick(TEXT_MODIFIERS), this.#patterns()];
    }
  }

  #scalar(): string {
    return this.#random.once(4) ? this.#random.pick(SCALARS) : this.#texts.nextNumber();
  }

  #time(field: string): Item {
    const [part, bound] = this.#random.pick(TIME_PARTS);
    const comparison = this.#random.once(2) ? `|${this.#random.pick(COMPARISONS)}` : '';
    return [`${field}|${part}${comparison}`, String(1 + this.#random.below(bound - 1))];
  }

  #list(values: readonly string[]): string {
    return JSON.stringify(this.#random.list(1, 4, () => this.#random.pick(values)));
  }

  #patterns(): string {
    return JSON.stringify(this.#random.list(1, 4, () => this.#pattern()));
  }

  /** A value as a rule writes it: wildcards as they are, or escaped. */
  #pattern(): string {
    const random = this.#random;
    const text = this.#texts.next();
    switch (random.below(8)) {
      case 0:
        return `*${text}*`;
      case 1:
        return text + random.pick(['*', '?', '\\*', '\\\\*', '\\?', '%admins%', '%empty%']) + this.#texts.next();
      case 2:
        return random.pick(['*', '?', '??', '?*', '*?*', '**', '']);
      default:
        return text;
    }
  }
}
