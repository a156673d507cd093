import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonLines } from '../bytes/json-lines.ts';
import { loadRules } from '../load.ts';
import type { CompiledRule, SigmaEvent } from '../types.ts';
import { packLessons, unpackLessons } from '../pack/pack-lessons.ts';
import { createRuleIndex } from './rule-index.ts';

/** Pieces of which rules and events are both made, so that they meet. */
const PIECES = [
  'a', 'K', '\u212a', 'ſ', 's', 'ß', 'SS', 'İ', 'Σ', 'ς', '𐐀', '𐐨', '😀', '\ud83d', '\ude00', '\0', '\\', '::', 'kiwi', 'KIWI',
  '.exe', 'C:\\Windows\\', ' -enc ', '"', '\\u0041', '1', '10', '1e21', '123456789012345678', 'true', 'null', 'Infinity', 'lsadump::',
]; // prettier-ignore
const FIELDS = ['A', 'B', 'C', '__proto__', 'constructor', 'a.b', 'EventID'];

const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((pieces) => pieces.join(''));
const scalar = fc.oneof(
  { weight: 6, arbitrary: text },
  fc.constantFrom(0, 1, 10, -1.5, 1e21, 12345678901234567890n, true, false, null),
  text.map((piece) => piece.repeat(300)),
);
const content = fc.oneof(
  { weight: 5, arbitrary: scalar },
  fc.array(fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), { maxLength: 3 }),
  fc.record({ inner: scalar }),
);
const event = fc
  .array(fc.tuple(fc.constantFrom(...FIELDS), content), { maxLength: 6 })
  .map((entries) => new Map<string, unknown>(entries));

/** A value as a rule writes it: wildcards as they are, or escaped. */
const pattern = fc.oneof(
  text,
  fc.tuple(text, fc.constantFrom('*', '?', '\\*'), text).map((parts) => parts.join('')),
  text.map((piece) => `*${piece}*`),
  fc.constant('*'),
);
const MODIFIERS = ['', '|contains', '|startswith', '|endswith', '|cased', '|contains|cased', '|contains|all', '|neq'];
const item = fc.oneof(
  fc
    .tuple(fc.constantFrom(...FIELDS), fc.constantFrom(...MODIFIERS), fc.array(pattern, { minLength: 1, maxLength: 4 }))
    .map(([field, modifiers, values]) => ({ [field + modifiers]: values })),
  fc
    .tuple(fc.constantFrom(...FIELDS), fc.constantFrom('a.*k', '^s', 'ki?wi$', '[a-c]+::', '(?i)exe', '.{300,}', '(x|ss)s'))
    .map(([field, source]) => ({ [`${field}|re`]: source })),
  fc.tuple(fc.constantFrom(...FIELDS), fc.boolean()).map(([field, value]) => ({ [`${field}|exists`]: value })),
  fc.tuple(fc.constantFrom(...FIELDS), fc.integer({ min: 0, max: 12 })).map(([field, value]) => ({ [`${field}|gte`]: value })),
  fc.constantFrom(...FIELDS).map((field) => ({ [field]: null })),
  fc.tuple(fc.constantFrom(...FIELDS), fc.constantFrom(...FIELDS)).map(([a, b]) => ({ [`${a}|fieldref`]: b })),
  fc.constantFrom(1, 10, '10').map((id) => ({ EventID: id })),
); // prettier-ignore
const selection = fc.oneof(
  { weight: 4, arbitrary: fc.array(item, { minLength: 1, maxLength: 2 }).map((items) => Object.assign({}, ...items) as object) },
  { weight: 1, arbitrary: fc.array(text.filter((piece) => piece !== ''), { minLength: 1, maxLength: 3 }) },
); // prettier-ignore
const CONDITIONS = [
  'x',
  'not x',
  'x and y',
  'x or y',
  'x and not y',
  'not (x and y)',
  'x and (y or z)',
  '1 of them',
  'all of them',
];
const rules = fc
  .array(fc.tuple(selection, selection, selection, fc.constantFrom(...CONDITIONS)), { minLength: 1, maxLength: 12 })
  .map((parts) => {
    const documents = parts.map(([x, y, z, condition], index) =>
      // JSON is YAML, and writes every text so that it comes back.
      JSON.stringify({ title: `r${index}`, id: String(index), logsource: { product: 'p' }, detection: { x, y, z, condition } }),
    ); // prettier-ignore
    return loadRules([{ file: 'r.yml', text: documents.join('\n---\n') }]).rules;
  });

function eventOf(fields: ReadonlyMap<string, unknown>, json?: 'plain' | 'escaped'): SigmaEvent {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) visit(part);
    else if (value !== null) texts.push(String(value));
  };
  for (const value of fields.values()) visit(value);
  const line = JSON.stringify([...fields], (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  // No escape of JSON holds a k, so that each may be written as one.
  const written = json === 'escaped' ? line.replaceAll('k', '\\u006b') : line;
  return { field: (name) => fields.get(name), texts: () => texts, ...(json ? { json: () => written } : {}) };
}

const lines = JsonLines.open()!;

/** The same event as a line of JSON, read as bytes. */
function lineOf(fields: ReadonlyMap<string, unknown>, escaped: boolean): SigmaEvent {
  const write = (value: unknown): string => {
    if (typeof value === 'bigint') return String(value);
    if (Array.isArray(value)) return `[${value.map(write).join(' ,')}]`;
    if (typeof value === 'object' && value !== null)
      return `{${Object.entries(value)
        .map(([name, inner]) => `${JSON.stringify(name)}: ${write(inner)}`)
        .join()}}`;
    const json = JSON.stringify(value);
    return escaped ? json.replaceAll('k', '\\u006b') : json;
  };
  // The last of equal names counts.
  const members = [...fields].flatMap(([name, value]) => [`"${name}":"k"`, `"${name}" : ${write(value)}`]);
  const bytes = Buffer.from(`{ ${members.join()} }`);
  lines.load(bytes);
  return lines.read(0, bytes.length)!;
}

function asked(set: readonly CompiledRule[], one: SigmaEvent): string[] {
  return set.filter((rule) => rule.matches(one)).map((rule) => rule.rule.uid);
}

test('the index answers as the rules do when each is asked', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(
      rules,
      fc.array(event, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(undefined, 'plain', 'escaped'),
      fc.boolean(),
      (set, events, json, escaped) => {
        const indexes = [createRuleIndex(set), createRuleIndex(set, { constants: ['EventID', 'B'] })];
        for (const fields of events) {
          const expected = asked(set, eventOf(fields, json));
          for (const index of indexes)
            for (const one of [eventOf(fields, json), lineOf(fields, escaped)])
              expect(index.match(one).map((rule) => rule.rule.uid)).toEqual(expected);
        }
      },
    ),
    { numRuns: 1_500, seed: 10 },
  );
});

test('the index answers the same before, while and after it learns what is rare', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(rules, fc.array(event, { minLength: 1, maxLength: 8 }), (set, events) => {
      const index = createRuleIndex(set, { constants: ['EventID'] });
      const expected = events.map((fields) => asked(set, eventOf(fields, 'plain')));
      for (let round = 0; round < 600; round++) {
        const at = round % events.length;
        const one = round % 3 === 0 ? eventOf(events[at]!, 'plain') : lineOf(events[at]!, round % 7 === 0);
        const found = index.match(one).map((rule) => rule.rule.uid);
        if (found.join() !== expected[at]!.join()) expect({ round, found }).toEqual({ round, found: expected[at] });
      }
    }),
    { numRuns: 60, seed: 11 },
  );
});

test('an index that begins with the lessons of another answers the same', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(
      rules,
      fc.array(event, { minLength: 1, maxLength: 8 }),
      fc.array(event, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(1, 40, 200, 600),
      (set, events, others, before) => {
        const expected = events.map((fields) => asked(set, eventOf(fields, 'plain')));
        const teacher = createRuleIndex(set, { constants: ['EventID', 'B'] });
        const taught = [...others, ...events.slice(1)];
        for (let round = 0; round < before; round++) teacher.match(eventOf(taught[round % taught.length]!, 'plain'));
        const lessons = unpackLessons(packLessons(new Map([['one', teacher.lessons()]]), 'k'), 'k')!.get('one');
        const index = createRuleIndex(set, { constants: ['EventID', 'B'], lessons });
        for (let round = 0; round < 1_500; round++) {
          const at = round % events.length;
          const one = round % 2 === 0 ? eventOf(events[at]!, 'plain') : lineOf(events[at]!, round % 7 === 0);
          const found = index.match(one).map((rule) => rule.rule.uid);
          if (found.join() !== expected[at]!.join()) expect({ round, found }).toEqual({ round, found: expected[at] });
        }
        // What a sample has shown half-way is settled; the teacher goes on and still answers right.
        const found = teacher.match(eventOf(events[0]!, 'plain')).map((rule) => rule.rule.uid);
        expect(found).toEqual(expected[0]);
      },
    ),
    { numRuns: 60, seed: 12 },
  );
});
