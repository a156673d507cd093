import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCorrelator } from './correlation/correlator.ts';
import { correlationFields } from './correlation/fields.ts';
import { loadRules } from './load.ts';
import { eventOf } from './testing.ts';

const MODIFIERS =
  'contains startswith endswith all cased exists neq windash re i m s base64 base64offset wide utf16 utf16be cidr gt lte minute week expand fieldref'.split(
    ' ',
  );
const scalar = fc.oneof(
  fc.constantFrom(
    null,
    true,
    5,
    1.5,
    '',
    '*',
    'a?b*',
    '-x /y',
    '%p%',
    '10.0.0.0/8',
    '::1',
    '(a+)+$',
    '(?=a)',
    '__proto__',
    '\ud800',
    'a',
    '9'.repeat(20),
  ),
  fc.string({ maxLength: 8 }),
);
const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.constantFrom({}, { a: { b: 1 } }, [[]]));
/** The right thing nine times out of ten. */
const mostly = (right: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 9, arbitrary: right }, { weight: 1, arbitrary: value });
const rarely = (wrong: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: wrong });
const optional = rarely(value);
const key = fc
  .tuple(
    fc.constantFrom('F', 'G', '', '__proto__', 'a.b'),
    fc.array(fc.constantFrom(...MODIFIERS, 'wrong'), { maxLength: 3 }),
  )
  .map(([field, modifiers]) => [field, ...modifiers].join('|'));
const selection = fc.oneof(
  fc.dictionary(key, value, { maxKeys: 3 }),
  fc.array(fc.oneof(scalar, fc.dictionary(key, value, { maxKeys: 2 })), { maxLength: 3 }),
  value,
);
const condition = fc.oneof(
  fc.constantFrom('a', 'a and not b', '1 of them', 'all of a*', 'a | count() > 1', '((', 5, null, ['a', 'b']),
  fc.string({ maxLength: 8 }),
);
const detection = fc.record(
  { a: selection, b: rarely(selection), condition: fc.oneof(fc.constant('a'), condition) },
  { requiredKeys: ['a', 'condition'] },
);
const correlation = fc.record(
  {
    type: fc.constantFrom('event_count', 'value_sum', 'value_percentile', 'temporal', 'temporal_ordered', 'none', 5),
    rules: mostly(fc.subarray(['one', 'two', 'none'])),
    'group-by': mostly(fc.constant(['F'])),
    timespan: mostly(fc.constant('1m')),
    aliases: mostly(fc.constant({ F: { one: 'G' } })),
    condition: mostly(fc.constantFrom({ gte: 1 }, { lt: 2, field: 'F' }, 'one and not two', 'one')),
    generate: optional,
  },
  { requiredKeys: [] },
);
const document = fc.record(
  {
    title: mostly(fc.constant('T')),
    id: optional,
    name: fc.oneof(optional, fc.constantFrom('three', 'four')),
    level: mostly(fc.constant('low')),
    tags: optional,
    related: optional,
    date: optional,
    action: rarely(fc.constantFrom('global', 'repeat', 'reset', 'none')),
    logsource: mostly(fc.constant({ product: 'any' })),
    detection,
    correlation: fc.oneof(correlation, fc.constant(undefined)),
    filter: rarely(fc.oneof(detection, value)),
  },
  { requiredKeys: ['title', 'logsource', 'detection'] },
);

test('no document makes loading, matching or correlating throw', () => {
  let loaded = 0;
  const good = ['one', 'two'].map((name) => ({
    title: name,
    name,
    logsource: { product: 'any' },
    detection: { a: { F: name }, condition: 'a' },
  }));
  const events = [{}, { F: null, G: [] }, { F: ['a', ['b'], 5, true], G: { a: 1 } }, { F: 'x -x', G: '\ud800' }].map(
    eventOf,
  );
  fc.assert(
    fc.property(fc.array(document, { maxLength: 3 }), (documents) => {
      const text = [...good, ...documents].map((each) => JSON.stringify(each)).join('\n---\n');
      const set = loadRules([{ file: 'f.yml', text }], { placeholders: { p: ['a', 'b*'] } });
      for (const problem of set.problems) expect(problem).toMatchObject({ file: 'f.yml', line: expect.any(Number) });
      const correlator = createCorrelator(set);
      correlationFields(set);
      for (const rule of set.rules) {
        for (const [index, event] of events.entries()) {
          expect(rule.explain(event).matched).toBe(rule.matches(event));
          correlator.push({
            rule: rule.rule.uid,
            uid: String(index),
            time: { ms: 0, ns: 0 },
            field: (name) => event.field(name),
          });
        }
      }
      correlator.end();
      loaded += set.rules.length + set.correlations.length - 2;
    }),
    { numRuns: 3_000, seed: 7 },
  );
  expect(loaded).toBeGreaterThan(100);
});

test('no text makes loading throw', () => {
  const token = fc.constantFrom(
    'title: T',
    '\n',
    '---\n',
    '  ',
    '- ',
    '&a ',
    '*a',
    '<<: ',
    '!!x ',
    '"',
    "'",
    '|',
    '>',
    '[',
    ']',
    '{',
    '}',
    ': ',
    '#',
    '\t',
    '%',
    '\0',
    '\ud800',
    'detection:',
    'logsource:',
  );
  fc.assert(
    fc.property(fc.string({ unit: token, maxLength: 30 }), (text) => {
      loadRules([{ file: 'f.yml', text }]);
    }),
    { numRuns: 10_000, seed: 8 },
  );
});
