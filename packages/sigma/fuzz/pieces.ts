import type { Random } from './random.ts';

/** Pieces of which rules and events are both made, so that they meet. */
const PIECES = [
  'a', 'K', 'k', '\u212a', 'ſ', 's', 'ß', 'SS', 'İ', 'Σ', 'ς', '𐐀', '𐐨', '😀', '\ud83d', '\ude00', '\0', '\\', '\\\\', '::', 'kiwi',
  'KIWI', 'mimikatz', '.exe', 'C:\\Windows\\', ' -enc ', ' /c ', '"', "'", '\\u0041', '\\n', '\n', '\t', '\u007f', '\u0080', '\ufffd', '\ufeff',
  '1', '10', '1e21', '1e+21', '123456789012345678', '-0', '0', 'true', 'null', 'Infinity', 'infinit', 'lsadump::', 'sekurlsa', 'http://', '%', '{', '}',
  ',', ':', '  ', 'wéird', '玉', '\u2028', 'xjq', 'zq', 'e', 'É', 'ŉ', 'ǆ', 'ῼ', 'K8s', 'powershell -nop',
]; // prettier-ignore
/** Texts that comparisons of one kind are about. */
const ADDRESSES = [
  '10.0.0.1', '10.0.0.255', '10.255.0.0', '192.168.1.77', '::1', 'fe80::1', 'FE80:0::1', '::ffff:10.0.0.1', '010.0.0.1', '1.2.3', '2001:db8::',
]; // prettier-ignore
const TIMES = [
  '2024-02-29', '2024-02-29T23:59:60Z', '2023-02-29 01:02:03', '0001-01-01T00:00', '2024-12-30T07:05:00.123+02:00', '2026-11-22T24:00Z',
]; // prettier-ignore
const NUMERIC = [
  '0',
  '7',
  '-7',
  '1.5',
  '+3',
  '.5',
  '5.',
  '1e3',
  '1e400',
  '0x10',
  ' 7',
  '12345678901234567',
  '12345678901234568',
  '-0',
];
const DASHES = ['-enc', '/enc', '–enc', '—enc', '―enc', 'a -b /c'];

/** Names of fields that many rules and events share. */
export const FIELDS = [
  'A', 'B', 'C', 'CommandLine', 'EventID', '__proto__', 'constructor', 'toString', 'a.b', 'ключ', '\u212aey', 'a name of more than sixteen letters', ' ',
]; // prettier-ignore
/** Names that JSON writes with an escape: their lines are left to JSON.parse. */
const ESCAPED_NAMES = ['a\\b', 'q"q', 'n\n'];
/** Names beyond those that a thread tells apart. */
const RARE_NAMES = 6_000;

/** Numbers as JSON writes them. */
const NUMBERS = [
  '0', '-0', '1', '7', '10', '1e3', '1E+2', '-1.5', '1.50', '1e400', '-1e400', '123456789012345', '1234567890123456', '-1234567890123456',
  '12345678901234567', '12345678901234567890', '0.1', '1e21', '1e-7', '9007199254740993', '1234567890123456.5', '1234567890123456e2', '-0.0', '0e0',
]; // prettier-ignore
/** Texts and numbers that one rule set and its lines share. */
const SHARED_TEXTS = 16;
const SHARED_NUMBERS = 4;

/** Texts and numbers for one rule set and its lines: half of them are shared. */
export class Texts {
  readonly #random: Random;
  readonly #shared: readonly string[];
  readonly #sharedNumbers: readonly string[];

  constructor(random: Random) {
    this.#random = random;
    this.#shared = random.list(SHARED_TEXTS, SHARED_TEXTS, () => randomText(random));
    this.#sharedNumbers = random.list(SHARED_NUMBERS, SHARED_NUMBERS, () => random.pick(NUMBERS));
  }

  /** Another number. */
  nextNumber(): string {
    return this.#random.pick(this.#random.once(2) ? NUMBERS : this.#sharedNumbers);
  }

  /** Another text. */
  next(): string {
    return this.#random.once(2) ? randomText(this.#random) : this.#random.pick(this.#shared);
  }

  /** Another text, perhaps in other case, or with more around it. */
  nextVaried(): string {
    const text = this.next();
    switch (this.#random.below(10)) {
      case 0:
        return text.toUpperCase();
      case 1:
        return text.toLowerCase();
      case 2:
        return text + this.next();
      case 3:
        return `${this.next()} ${text}`;
      default:
        return text;
    }
  }
}

/** A text of a few pieces, or of one kind. */
function randomText(random: Random): string {
  switch (random.below(16)) {
    case 0:
      return random.pick(ADDRESSES);
    case 1:
      return random.pick(TIMES);
    case 2:
      return random.pick(NUMERIC);
    case 3:
      return random.pick(DASHES);
    default:
      return random.list(0, 4, () => random.pick(PIECES)).join('');
  }
}

/** The name of a field: mostly one of {@link FIELDS}. */
export function randomField(random: Random): string {
  if (random.once(256)) return random.pick(ESCAPED_NAMES);
  return random.once(24) ? `f${random.below(RARE_NAMES)}` : random.pick(FIELDS);
}
