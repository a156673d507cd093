import { randomField, randomText } from './pieces.ts';
import type { Random } from './random.ts';

/** Values of the placeholders that rules name. */
export const PLACEHOLDERS = { admins: ['kiwi', 'K*s', '1'], empty: [''] };

const MAX_RULES = 12;
const NUMBERS = [
  '0',
  '1',
  '10',
  '-1.5',
  '1e3',
  '1e21',
  '7',
  '12345678901234567',
  '12345678901234567890',
  '-0',
  'true',
  'false',
];
const TEXT_MODIFIERS = [
  '', '', '', '|contains', '|contains', '|startswith', '|endswith', '|cased', '|contains|cased', '|contains|all', '|neq', '|contains|neq',
  '|startswith|cased', '|windash', '|windash|contains', '|windash|contains|all', '|expand', '|contains|expand', '|all',
]; // prettier-ignore
const ENCODED_MODIFIERS = [
  '|base64', '|base64offset', '|base64offset|contains', '|wide|base64offset|contains', '|utf16be|base64|contains', '|utf16|base64offset|contains',
  '|wide', '|utf16le|contains', '|utf16be', '|base64|cased',
]; // prettier-ignore
const ENCODED = ['kiwi', 'a', 'abc', 'mimikatz', '-enc', 'http://', '\0'];
const EXPRESSIONS = [
  'a.*k', '^s', 'ki?wi$', '[a-c]+::', '(?i)exe', '.{300,}', '(x|ss)s', '\\d+', '^$', '', 'k', '[^a]', '\\bkiwi\\b', '(?:kiwi|mimi)k?', 'C:\\\\Windows',
  '\\x{1f600}', '[\\x{17f}\\x{212a}]', '^\\s*-', 'a|b|c|', '.', '\\\\', 'lsadump.{0,3}', '(a+)+$', '1.*0', '%admins%', '\\x00', 'K',
]; // prettier-ignore
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
const TIME_PARTS = [['minute', 60], ['hour', 24], ['day', 29], ['week', 53], ['month', 12], ['year', 2027]] as const; // prettier-ignore
const KEYWORD_KEYS = [
  '|all',
  '|cased',
  '|contains|all',
  '|re',
  '|re|i',
  '|windash',
  '|base64offset|contains',
  '|startswith',
  '|neq',
];

/** Makes rules as YAML documents, of everything that the language has. */
export function randomRules(random: Random): string[] {
  return Array.from({ length: 1 + random.below(MAX_RULES) }, (_, number) => randomRule(random, number));
}

function randomRule(random: Random, number: number): string {
  const selections = random.list(1, 4, () => randomSelection(random));
  const names = selections.map((_, index) => `${random.once(8) ? '_' : ''}s${index}`);
  const members = selections.map((selection, index) => `${JSON.stringify(names[index])}: ${selection}`);
  const condition = JSON.stringify(randomCondition(random, names, 3));
  // JSON is YAML, and writes every text so that it comes back.
  return `{"title": "r${number}", "id": "${number}", "logsource": {"product": "p"}, "detection": {${members.join(', ')}, "condition": ${condition}}}`;
}

function randomCondition(random: Random, names: readonly string[], depth: number): string {
  const name = random.pick(names);
  const inner = (): string => randomCondition(random, names, depth - 1);
  switch (depth === 0 ? 0 : random.below(9)) {
    case 1:
      return `not ${inner()}`;
    case 2:
    case 3:
      return `(${inner()} and ${inner()})`;
    case 4:
      return `(${inner()} or ${inner()})`;
    case 5:
      return `(${inner()} and not ${inner()})`;
    case 6:
      return random.pick([`1 of ${name[0]}*`, `all of ${name[0]}*`, `not 1 of ${name}`]);
    default:
      return name;
  }
}

function randomSelection(random: Random): string {
  switch (random.below(8)) {
    case 0:
      return `[${random.list(1, 4, () => keyword(random)).join(', ')}]`;
    case 1:
      return `{${keywordItem(random)}}`;
    case 2:
      return `[${random.list(1, 3, () => randomMap(random)).join(', ')}]`;
    default:
      return randomMap(random);
  }
}

function randomMap(random: Random): string {
  const items = new Map(random.list(1, 3, () => randomItem(random)));
  return `{${Array.from(items, ([key, values]) => `${JSON.stringify(key)}: ${values}`).join(', ')}}`;
}

function keyword(random: Random): string {
  return random.once(8) ? random.pick(NUMBERS) : JSON.stringify(randomText(random) || 'kiwi');
}

function keywordItem(random: Random): string {
  const key = random.pick(KEYWORD_KEYS);
  const source = key.startsWith('|re') ? EXPRESSIONS : ENCODED;
  return `${JSON.stringify(key)}: [${random.list(1, 3, () => JSON.stringify(random.pick(source))).join(', ')}]`;
}

type Item = readonly [key: string, values: string];

function randomItem(random: Random): Item {
  const field = randomField(random);
  switch (random.below(20)) {
    case 0:
    case 1:
      return [field + random.pick(REGEX_MODIFIERS), texts(random, () => random.pick(EXPRESSIONS))];
    case 2:
      return [`${field}|exists`, String(random.once(2))];
    case 3:
      return [field, random.pick(['null', '[null, "a"]', '[]', '""', '["", null]'])];
    case 4:
      return [
        `${field}|fieldref${random.pick(['', '', '|contains', '|startswith', '|endswith', '|neq'])}`,
        JSON.stringify(randomField(random)),
      ];
    case 5:
      return [`${field}|cidr`, texts(random, () => random.pick(NETWORKS))];
    case 6:
      return [`${field}|${random.pick(COMPARISONS)}`, random.pick(NUMBERS.slice(0, -2))];
    case 7:
      return timeItem(random, field);
    case 8:
      return [field + random.pick(ENCODED_MODIFIERS), texts(random, () => random.pick(ENCODED))];
    case 9:
      return ['EventID', random.pick(['1', '10', '"10"', '[1, 7]', '"1*"'])];
    case 10:
      return [field, `[${random.list(1, 3, () => random.pick(NUMBERS)).join(', ')}]`];
    default:
      return [field + random.pick(TEXT_MODIFIERS), texts(random, () => randomPattern(random))];
  }
}

function timeItem(random: Random, field: string): Item {
  const [part, bound] = random.pick(TIME_PARTS);
  const comparison = random.once(2) ? `|${random.pick(COMPARISONS)}` : '';
  return [`${field}|${part}${comparison}`, String(1 + random.below(bound - 1))];
}

function texts(random: Random, make: () => string): string {
  return `[${random.list(1, 4, () => JSON.stringify(make())).join(', ')}]`;
}

/** A value as a rule writes it: wildcards as they are, or escaped. */
function randomPattern(random: Random): string {
  const text = randomText(random);
  switch (random.below(8)) {
    case 0:
      return `*${text}*`;
    case 1:
      return text + random.pick(['*', '?', '\\*', '\\\\*', '\\?', '%admins%', '%empty%']) + randomText(random);
    case 2:
      return random.pick(['*', '?', '??', '?*', '*?*', '**', '']);
    default:
      return text;
  }
}
