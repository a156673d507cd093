import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_MAX_WINDOW } from './correlator.ts';
import { referenceFindings } from './reference.testing.ts';
import { correlateAll, loadCorrelations } from './testing.ts';
import type { Match } from './types.ts';

const relation = fc.constantFrom('gt', 'gte', 'lt', 'lte', 'eq', 'neq');
const bounds = (values: fc.Arbitrary<number>) =>
  fc.dictionary(relation, values, { minKeys: 1, maxKeys: 2, noNullPrototype: true });
const field = fc.constantFrom('Number', 'Text', 'Alias');

const section = fc.oneof(
  fc.record({
    type: fc.constantFrom('event_count', 'temporal', 'temporal_ordered'),
    condition: bounds(fc.integer({ min: 0, max: 4 })),
  }),
  fc.record({ type: fc.constantFrom('temporal', 'temporal_ordered') }),
  fc.record({
    type: fc.constantFrom('temporal', 'temporal_ordered'),
    condition: fc.constantFrom(
      'a and b and c',
      'a or b and c',
      '(a or b) and not c',
      'a and not (b or not c)',
      'not a and not b and not c',
    ),
  }),
  fc
    .record({
      type: fc.constantFrom('value_count', 'value_sum', 'value_avg', 'value_median', 'value_percentile'),
      field,
      bound: bounds(fc.constantFrom(0, 0.5, 1, 2, 3, 40, 50)),
    })
    .map(({ type, field: name, bound }) => ({ type, condition: { ...bound, field: name } })),
  fc
    .record({ field, percentile: fc.integer({ min: 0, max: 100 }), bound: bounds(fc.constantFrom(0, 1, 1.5, 2)) })
    .map(({ field: name, percentile, bound }) => ({
      type: 'value_percentile',
      condition: { ...bound, field: name, percentile },
    })),
);

const correlation = fc
  .record({
    section,
    groupBy: fc.constantFrom([], ['User'], ['Alias'], ['User', 'Host']),
    timespan: fc.constantFrom('1s', '3s', '10s', '1m'),
  })
  .map(({ section: own, groupBy, timespan }) => ({
    ...own,
    timespan,
    ...(groupBy.length > 0 ? { 'group-by': groupBy } : {}),
    aliases: { Alias: { a: 'User', b: 'Host', c: 'Text' } },
  }));

const value = (...values: unknown[]) => fc.constantFrom(undefined, ...values);
const event = fc.record({
  gap: fc.constantFrom(0, 0, 1, 500, 1_000, 2_999, 3_000, 20_000),
  ns: fc.constantFrom(0, 0, 1, 999_999),
  rules: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }).map((rules) => rules.sort()),
  fields: fc.record({
    User: value('x', 'y'),
    Host: value('x', 'h', null),
    Number: value(1, 2, '1.5', 'none', 0.1),
    Text: value('x', 't', 3),
  }),
});

function streamOf(events: readonly (typeof event extends fc.Arbitrary<infer T> ? T : never)[]): Match[] {
  let time = { ms: 0, ns: 0 };
  return events.flatMap(({ gap, ns, rules, fields }, index) => {
    time = { ms: time.ms + gap, ns: gap === 0 ? Math.max(ns, time.ns) : ns };
    const at = time;
    const field = (name: string): unknown => (fields as Record<string, unknown>)[name];
    return rules.map((rule) => ({ rule, uid: `e${index}`, time: at, field }));
  });
}

const ruleSet = fc
  .record({ inner: correlation, outer: correlation, chained: fc.boolean(), generate: fc.boolean() })
  .map((drawn) => {
    const { inner, outer, chained, generate } = drawn;
    const rules =
      chained && typeof (outer as { condition?: unknown }).condition !== 'string'
        ? ['a', 'inner', 'c']
        : ['a', 'b', 'c'];
    return [
      { id: 'inner', yaml: JSON.stringify({ ...inner, rules: ['a', 'b', 'c'] }), generate },
      { id: 'outer', yaml: JSON.stringify({ ...outer, rules }), generate },
    ];
  });

test.each([DEFAULT_MAX_WINDOW, 3])('gives the findings of the definition, windows bounded to %i', (maxWindow) => {
  fc.assert(
    fc.property(ruleSet, fc.array(event, { maxLength: 25 }), (sections, events) => {
      const set = loadCorrelations(...sections);
      const matches = streamOf(events);
      const findings = correlateAll(set, matches, { maxWindow });
      expect(findings.map(({ key, last }) => `${key} ${last.uid}`).sort()).toEqual(
        referenceFindings(set, matches, maxWindow),
      );
    }),
    { numRuns: 1_500, seed: 20_250_802 },
  );
});
