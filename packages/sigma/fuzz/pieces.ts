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

/** A text of a few pieces, or of one kind. */
export function randomText(random: Random): string {
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
