import { formatAddress, maskNetwork, parseNetwork } from './cidr.ts';
import { parseDecimal, type Comparison } from './decimal.ts';
import { base64, base64Offsets, utf16Text, type EncodedText } from './encode.ts';
import { ANY, hasWildcard, joinParts, plainText, type Part } from './pattern.ts';
import type { ModifierSite } from './modifier-site.ts';
import { reject, type Path } from './problem.ts';
import { NO_FLAGS } from './regex/flags.ts';
import { TIME_PART_RANGE, type TimePart } from './time-part.ts';
import type { Encoding, StringValue, Value } from './value.ts';
import { expandDashes } from './windash.ts';

type Modifier = (value: Value, site: ModifierSite) => Value;

/** Modifiers that act on each value (modifiers appendix; the long regex flags are pySigma's). */
const VALUE_MODIFIERS: ReadonlyMap<string, Modifier> = new Map<string, Modifier>([
  ['contains', (value, site) => position(value, site, 'contains')],
  ['startswith', (value, site) => position(value, site, 'startswith')],
  ['endswith', (value, site) => position(value, site, 'endswith')],
  ['cased', (value, site) => ({ ...asString(value, site), cased: true })],
  ['exists', exists],
  ['windash', (value, site) => anyOf(expandDashes(asString(value, site), site))],
  ['wide', (value, site) => encode(value, site, 'utf16le')],
  ['utf16le', (value, site) => encode(value, site, 'utf16le')],
  ['utf16be', (value, site) => encode(value, site, 'utf16be')],
  ['utf16', (value, site) => encode(value, site, 'utf16')],
  ['base64', (value, site) => anyOf(encoded(value, site, (text) => [base64(text)]))],
  ['base64offset', (value, site) => anyOf(encoded(value, site, base64Offsets))],
  ['re', regex],
  ['i', (value, site) => flag(value, site, 'ignoreCase')],
  ['ignorecase', (value, site) => flag(value, site, 'ignoreCase')],
  ['m', (value, site) => flag(value, site, 'multiline')],
  ['multiline', (value, site) => flag(value, site, 'multiline')],
  ['s', (value, site) => flag(value, site, 'dotAll')],
  ['dotall', (value, site) => flag(value, site, 'dotAll')],
  ['cidr', network],
  ['gt', (value, site) => compare(value, site, 'gt')],
  ['gte', (value, site) => compare(value, site, 'gte')],
  ['lt', (value, site) => compare(value, site, 'lt')],
  ['lte', (value, site) => compare(value, site, 'lte')],
  ['minute', (value, site) => timePart(value, site, 'minute')],
  ['hour', (value, site) => timePart(value, site, 'hour')],
  ['day', (value, site) => timePart(value, site, 'day')],
  ['week', (value, site) => timePart(value, site, 'week')],
  ['month', (value, site) => timePart(value, site, 'month')],
  ['year', (value, site) => timePart(value, site, 'year')],
  ['fieldref', fieldReference],
  ['expand', expand],
]);

/** Modifiers that act on the whole list of values. */
const LIST_MODIFIERS: ReadonlySet<string> = new Set(['all', 'neq']);

export function isModifier(name: string): boolean {
  return LIST_MODIFIERS.has(name) || VALUE_MODIFIERS.has(name);
}

/** Applies one modifier to one value; to each value of an expansion. */
export function applyModifier(value: Value, site: ModifierSite): Value {
  const modifier = VALUE_MODIFIERS.get(site.name);
  if (!modifier) return value;
  if (value.kind !== 'anyOf') return modifier(value, site);
  return anyOf(value.values.map((inner) => applyModifier(inner, site)));
}

/** Values that one value became; expansions of expansions become one. */
function anyOf(values: readonly Value[]): Value {
  return { kind: 'anyOf', values: values.flatMap((value) => (value.kind === 'anyOf' ? value.values : [value])) };
}

function position(value: Value, site: ModifierSite, where: 'contains' | 'startswith' | 'endswith'): Value {
  if (value.kind === 'fieldref') return { ...value, where };
  if (value.kind === 'regex')
    return { ...value, anchoredStart: where === 'startswith', anchoredEnd: where === 'endswith' };
  const string = asString(value, site);
  const parts: Part[] = [...string.parts];
  if (where !== 'startswith') parts.unshift(ANY);
  if (where !== 'endswith') parts.push(ANY);
  return { ...string, parts: joinParts(parts) };
}

function exists(value: Value, site: ModifierSite): Value {
  requireField(site);
  requireFirst(site);
  if (value.kind !== 'boolean') unfit(site, 'its value is not true or false', 'write true or false');
  return { kind: 'exists', value: value.value };
}

function encode(value: Value, site: ModifierSite, encoding: Encoding): Value {
  const string = asString(value, site);
  if (string.encoding) unfit(site, 'the value is encoded already', 'leave one of the two encodings out');
  return { ...string, encoding };
}

function encoded(value: Value, site: ModifierSite, write: (text: EncodedText) => string[]): StringValue[] {
  const string = asString(value, site);
  if (hasWildcard(string.parts))
    unfit(site, 'the value holds a wildcard, whose encoding is not known', 'leave the wildcard out, or escape it');
  const text = plainText(string.parts);
  const texts = write(string.encoding ? { text, encoding: string.encoding } : { text });
  return texts.map((written) => ({ kind: 'string', parts: joinParts([written]), cased: string.cased }));
}

function regex(value: Value, site: ModifierSite): Value {
  requireFirst(site);
  if (value.kind !== 'string' && value.kind !== 'number')
    return unfit(site, 'its value is not a text', 'put the expression into quotes');
  const source = value.kind === 'number' ? value.text : plainText(value.parts);
  return { kind: 'regex', source, flags: NO_FLAGS, anchoredStart: false, anchoredEnd: false };
}

function flag(value: Value, site: ModifierSite, name: 'ignoreCase' | 'multiline' | 'dotAll'): Value {
  if (value.kind !== 'regex') unfit(site, 'it is a flag of a regular expression', 'write it behind "re"');
  return { ...value, flags: { ...value.flags, [name]: true } };
}

function network(value: Value, site: ModifierSite): Value {
  requireField(site);
  requireFirst(site);
  const text = plainText(asString(value, site).parts);
  const parsed = parseNetwork(text);
  if (!parsed) unfit(site, `"${text}" is no IPv4 or IPv6 network`, 'write address/prefix, such as 10.0.0.0/8');
  const masked = maskNetwork(parsed);
  if (masked.bytes.some((byte, index) => byte !== parsed.bytes[index])) {
    const right = `${formatAddress(masked.bytes)}/${masked.prefix}`;
    unfit(site, `"${text}" has bits set behind its prefix`, `write ${right}, or the prefix that you mean`);
  }
  return { kind: 'network', network: parsed };
}

function compare(value: Value, site: ModifierSite, comparison: Comparison): Value {
  requireField(site);
  if (value.kind !== 'number') return unfit(site, 'its value is not a number', 'write a number without quotes');
  const limit = parseDecimal(value.text);
  if (!limit) return unfit(site, `${value.text} is not a finite number`, 'write a number that can be compared');
  const base = { kind: 'comparison', comparison, limit } as const;
  return value.part ? { ...base, part: value.part } : base;
}

function timePart(value: Value, site: ModifierSite, part: TimePart): Value {
  requireField(site);
  requireFirst(site);
  const [least, most] = TIME_PART_RANGE[part];
  const number = value.kind === 'number' ? Number(value.text) : NaN;
  if (!(Number.isInteger(number) && number >= least && number <= most))
    unfit(site, `its value is not a whole number from ${least} to ${most}`, 'write such a number without quotes');
  return { kind: 'number', text: String(number), part };
}

/** Placeholders were replaced when the text was read, before anything was made of it. */
function expand(value: Value, site: ModifierSite): Value {
  if (value.kind === 'string' || value.kind === 'regex') return value;
  return unfit(site, `it takes a text, not a ${value.kind}`, 'put the value into quotes, or leave the modifier out');
}

function fieldReference(value: Value, site: ModifierSite): Value {
  requireField(site);
  requireFirst(site);
  const string = asString(value, site);
  if (hasWildcard(string.parts)) unfit(site, 'a field name holds no wildcard', 'write the name of one field');
  const name = plainText(string.parts);
  return { kind: 'fieldref', field: site.context.fieldAliases.get(name) ?? name, where: 'equals' };
}

/** The text that an encoded string without `base64` is matched as. */
export function settleEncoding(value: Value, path: Path): Value {
  if (value.kind === 'anyOf') return { ...value, values: value.values.map((inner) => settleEncoding(inner, path)) };
  if (value.kind !== 'string' || !value.encoding) return value;
  const { encoding, kind, cased } = value;
  const parts = value.parts.map((part) => {
    if (typeof part !== 'string') return part;
    const text = utf16Text(part, encoding);
    if (text !== undefined) return text;
    const why = 'only ASCII has a text form in UTF-16 that an event could hold';
    return reject(
      'modifier.value',
      path,
      `${encoding} of a text beyond ASCII`,
      why,
      'follow it with base64 or base64offset',
    );
  });
  return { kind, cased, parts: joinParts(encoding === 'utf16' ? ['\ufeff', ...parts] : parts) };
}

function asString(value: Value, site: ModifierSite): StringValue {
  if (value.kind === 'string') return value;
  return unfit(site, `it takes a text, not a ${value.kind}`, 'put the value into quotes, or leave the modifier out');
}

function requireField(site: ModifierSite): void {
  if (!site.hasField) unfit(site, 'a keyword search reads no field', 'write a field name before the modifier');
}

function requireFirst(site: ModifierSite): void {
  const earlier = site.before.filter((name) => !LIST_MODIFIERS.has(name));
  if (earlier.length > 0)
    unfit(
      site,
      `it takes the value as written, but "${earlier.join('|')}" stands before it`,
      `write "${site.name}" first`,
    );
}

function unfit(site: ModifierSite, why: string, fix: string): never {
  return reject('modifier.value', site.path, `the modifier "${site.name}" does not fit`, why, fix);
}
