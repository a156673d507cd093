import { describe, expect, test } from 'vitest';
import { alternativesOf } from './alternatives.ts';
import { parseCondition } from '../condition.ts';
import { createCorrelator } from './correlator.ts';
import { correlationFields } from './fields.ts';
import { brief, correlateAll, loadCorrelations, match } from './testing.ts';
import type { Match } from './types.ts';

/** Matches as `rule@second:value`, named e0, e1, …; the value is that of every field. */
function stream(text: string): Match[] {
  return text.split(' ').map((word, index) => {
    const [, rule, second, value] = /^(\w)@([\d.]+)(?::(.*))?$/.exec(word) as unknown as string[];
    return match(rule!, `e${index}`, Number(second), { User: 'u', Value: value });
  });
}

const one = (yaml: string) => loadCorrelations({ id: 'c1', yaml });

// Worked by hand from the definition: a window holds what is later than the match's time less the timespan.
const HAND_WORKED: readonly (readonly [name: string, yaml: string, matches: string, findings: readonly string[]])[] = [
  [
    'event_count turns at the third, grows, falls, turns again',
    '{type: event_count, rules: [a], group-by: [User], timespan: 10s, condition: {gte: 3}}',
    'a@0 a@1 a@2 a@3 a@12 a@13 a@14',
    ['u e2-e3 4: e0 e1 e2 e3', 'u e6-e6 3: e4 e5 e6'],
  ],
  [
    'a match exactly a timespan old is out',
    '{type: event_count, rules: [a], group-by: [User], timespan: 10s, condition: {gte: 2}}',
    'a@0 a@10 a@19.999',
    ['u e2-e2 2: e1 e2'],
  ],
  [
    'a condition that never turns false fires again after an empty timespan',
    '{type: event_count, rules: [a], group-by: [User], timespan: 10s, condition: {gte: 1}}',
    'a@0 a@5 a@15',
    ['u e0-e1 2: e0 e1', 'u e2-e2 1: e2'],
  ],
  [
    'event_count within a range',
    '{type: event_count, rules: [a], group-by: [User], timespan: 10s, condition: {gt: 1, lt: 3}}',
    'a@0 a@1 a@2',
    ['u e1-e1 2: e0 e1'],
  ],
  [
    'value_count counts different values',
    '{type: value_count, rules: [a], group-by: [User], timespan: 10s, condition: {field: Value, gte: 3}}',
    'a@0:x a@1:x a@2:y a@3 a@4:z',
    ['u e4-e4 5: e0 e1 e2 e3 e4'],
  ],
  [
    'value_count with two fields counts pairs',
    '{type: value_count, rules: [a], group-by: [User], timespan: 10s, condition: {field: [User, Value], gte: 2}}',
    'a@0:x a@1:x a@2:y',
    ['u e2-e2 3: e0 e1 e2'],
  ],
  [
    'temporal takes any order',
    '{type: temporal, rules: [a, b], group-by: [User], timespan: 10s}',
    'b@0 a@5 a@11',
    ['u e1-e1 2: e0 e1'],
  ],
  [
    'temporal with a lower count',
    '{type: temporal, rules: [a, b, c], group-by: [User], timespan: 10s, condition: {gte: 2}}',
    'a@0 c@1',
    ['u e1-e1 2: e0 e1'],
  ],
  [
    'temporal_ordered takes the listed order alone',
    '{type: temporal_ordered, rules: [a, b, c], group-by: [User], timespan: 10s}',
    'c@0 b@1 a@2 b@3 c@4',
    ['u e4-e4 5: e0 e1 e2 e3 e4'],
  ],
  [
    'temporal_ordered needs the whole chain in one window',
    '{type: temporal_ordered, rules: [a, b], group-by: [User], timespan: 10s}',
    'a@0 b@10',
    [],
  ],
  [
    'an extended condition',
    '{type: temporal, rules: [a, b, c], group-by: [User], timespan: 10s, condition: "(a or b) and not c"}',
    'a@0 c@1 b@12',
    ['u e0-e0 1: e0', 'u e2-e2 1: e2'],
  ],
  [
    'an extended condition in order',
    '{type: temporal_ordered, rules: [a, b], group-by: [User], timespan: 10s, condition: a and b}',
    'b@0 a@1 b@2',
    ['u e2-e2 3: e0 e1 e2'],
  ],
  [
    'rules taken from the extended condition',
    '{type: temporal, group-by: [User], timespan: 10s, condition: b and a}',
    'a@0 b@1',
    ['u e1-e1 2: e0 e1'],
  ],
  [
    'value_sum',
    '{type: value_sum, rules: [a], group-by: [User], timespan: 10s, condition: {field: Value, gt: 10}}',
    'a@0:6 a@1:none a@2:4 a@3:0.5',
    ['u e3-e3 4: e0 e1 e2 e3'],
  ],
  [
    'value_avg',
    '{type: value_avg, rules: [a], group-by: [User], timespan: 10s, condition: {field: Value, gte: 2.5}}',
    'a@0:1 a@1:4',
    ['u e1-e1 2: e0 e1'],
  ],
  [
    'value_median by nearest rank',
    '{type: value_median, rules: [a], group-by: [User], timespan: 1m, condition: {field: Value, eq: 2}}',
    'a@0:9 a@1:1 a@2:2 a@3:3',
    ['u e2-e3 4: e0 e1 e2 e3'],
  ],
  [
    'value_percentile by nearest rank',
    '{type: value_percentile, rules: [a], group-by: [User], timespan: 1m, condition: {field: Value, gte: 50, percentile: 90}}',
    'a@0:1 a@1:1 a@2:1 a@3:1 a@4:1 a@5:1 a@6:1 a@7:1 a@8:1 a@9:60 a@10:60',
    ['u e10-e10 11: e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 e10'],
  ],
  [
    'value_percentile without a percentile is a share',
    '{type: value_percentile, rules: [a], group-by: [User], timespan: 1m, condition: {field: Value, lte: 25}}',
    'a@0:x a@1:x a@2:x a@3:y a@4:x',
    ['u e3-e3 4: e0 e1 e2 e3'],
  ],
  [
    'value_percentile of a text field is a share',
    '{type: value_percentile, rules: [a], group-by: [User], timespan: 1m, condition: {field: Value, lte: 50, percentile: 90}}',
    'a@0:x a@1:y',
    ['u e1-e1 2: e0 e1'],
  ],
];

describe('hand-worked correlations', () => {
  test.each(HAND_WORKED)('%s', (_, yaml, matches, findings) => {
    expect(correlateAll(one(yaml), stream(matches)).map(brief)).toEqual(findings);
  });
});

const COUNT = '{type: event_count, rules: [a], group-by: [User], timespan: 10s, condition: {gte: 2}}';

describe('groups', () => {
  test('are kept apart, and a match without a group-by field belongs to none', () => {
    const users = ['x', 'y', undefined, null, 'x', 'y'];
    const matches = users.map((User, index) => match('a', `e${index}`, index, { User }));
    const correlator = createCorrelator(one(COUNT));
    for (const each of matches) correlator.push(each);
    expect(correlator.end().map(brief)).toEqual(['x e4-e4 2: e0 e4', 'y e5-e5 2: e1 e5']);
    expect(correlator.counters).toEqual({ evicted: 0, ungrouped: 2 });
  });

  test('take numbers and texts for the same value, and aliases for their fields', () => {
    const yaml = `{type: temporal, rules: [a, b], group-by: [ip], timespan: 10s, aliases: {ip: {a: Source, b: Target}}}`;
    const matches = [match('a', 'e0', 0, { Source: 7 }), match('b', 'e1', 1, { Target: '7', Source: 8 })];
    expect(correlateAll(one(yaml), matches).map(brief)).toEqual(['7 e1-e1 2: e0 e1']);
  });

  test('are one when there is no group-by', () => {
    const yaml = '{type: event_count, rules: [a], timespan: 10s, condition: {gte: 2}}';
    expect(correlateAll(one(yaml), stream('a@0 a@1')).map(brief)).toEqual([' e1-e1 2: e0 e1']);
  });
});

describe('chains', () => {
  const FAILED = {
    id: 'many',
    yaml: '{type: event_count, rules: [a], group-by: [User], timespan: 10s, condition: {gte: 3}}',
  };
  const THEN = { id: 'then', yaml: '{type: temporal_ordered, rules: [many, b], group-by: [User], timespan: 10s}' };

  test('give the findings of the outermost alone, with the evidence of the inner', () => {
    expect(correlateAll(loadCorrelations(THEN, FAILED), stream('a@0 a@1 a@2 b@3')).map(brief)).toEqual([
      'u e3-e3 4: e0 e1 e2 e3',
    ]);
  });

  test('give the inner findings as well where the outer generates', () => {
    const set = loadCorrelations({ ...THEN, generate: true }, FAILED);
    expect(correlateAll(set, stream('a@0 a@1 a@2 b@3')).map(({ correlation }) => correlation.uid)).toEqual([
      'many',
      'then',
    ]);
    expect([...set.silent]).toEqual(['a']);
  });

  test('see an inner correlation for as long as it stays true', () => {
    const seconds = Array.from({ length: 30 }, (_, second) => `a@${second}`).join(' ');
    expect(correlateAll(loadCorrelations(THEN, FAILED), stream(`${seconds} b@35`))).toHaveLength(1);
  });

  test('count an inner correlation that stays true once', () => {
    const twice = {
      id: 'twice',
      yaml: '{type: event_count, rules: [many], group-by: [User], timespan: 1m, condition: {gte: 2}}',
    };
    const set = loadCorrelations(twice, FAILED);
    expect(correlateAll(set, stream('a@0 a@1 a@2 a@3 a@4'))).toEqual([]);
    expect(correlateAll(set, stream('a@0 a@1 a@2 a@30 a@31 a@32'))).toHaveLength(1);
  });
});

describe('a correlator', () => {
  test('completes a finding when it turns false and when its group is over', () => {
    const yaml = '{type: event_count, rules: [a], group-by: [User], timespan: 10s, condition: {gte: 2, lt: 4}}';
    const correlator = createCorrelator(one(yaml));
    const completed = stream('a@0 a@1 a@2 a@3 a@20 a@21 a@31').map((each) => correlator.push(each).map(brief));
    const [turnedFalse, over] = [['u e1-e2 3: e0 e1 e2'], ['u e5-e5 2: e4 e5']];
    expect(completed).toEqual([[], [], [], turnedFalse, [], [], over]);
    expect(correlator.open()).toEqual([]);
    expect(correlator.end()).toEqual([]);
  });

  test('shows what is still growing', () => {
    const correlator = createCorrelator(one(COUNT));
    for (const each of stream('a@0 a@1 a@2')) correlator.push(each);
    expect(correlator.open().map(brief)).toEqual(['u e1-e2 3: e0 e1 e2']);
    expect(correlator.end().map(brief)).toEqual(['u e1-e2 3: e0 e1 e2']);
  });

  test('evicts the oldest beyond the bound of a window, and counts them', () => {
    const correlator = createCorrelator(one(COUNT), { maxWindow: 1 });
    for (const each of stream('a@0 a@1 a@2')) correlator.push(each);
    expect(correlator.end()).toEqual([]);
    expect(correlator.counters).toEqual({ evicted: 2, ungrouped: 0 });
  });

  test('shows the first and last fifty matches', () => {
    const matches = Array.from({ length: 500 }, (_, index) => match('a', `e${index}`, index / 100, { User: 'u' }));
    const [finding] = correlateAll(one(COUNT), matches);
    expect(finding?.matches.count).toBe(500);
    expect(finding?.matches.first.map(({ uid }) => uid).slice(0, 2)).toEqual(['e0', 'e1']);
    expect(finding?.matches.first).toHaveLength(50);
    expect(finding?.matches.last.map(({ uid }) => uid).slice(-2)).toEqual(['e498', 'e499']);
    expect(finding?.matches.last).toHaveLength(50);
  });

  test('refuses time that runs backwards', () => {
    const correlator = createCorrelator(one(COUNT));
    correlator.push(match('a', 'e0', 5));
    expect(() => correlator.push(match('a', 'e1', 4))).toThrow(RangeError);
  });

  test('names a finding by correlation, group and turning event', () => {
    expect(correlateAll(one(COUNT), stream('a@0 a@1')).map(({ key }) => key)).toEqual(['["c1",["u"],"e1"]']);
  });

  test('sums exactly, whatever has come and gone', () => {
    const yaml = '{type: value_sum, rules: [a], group-by: [User], timespan: 10s, condition: {field: Value, eq: 1}}';
    expect(correlateAll(one(yaml), stream('a@0:1e300 a@10:1')).map(brief)).toEqual(['u e1-e1 1: e1']);
    expect(correlateAll(one(yaml), stream('a@0:9007199254740993 a@1:-9007199254740992')).map(brief)).toEqual([
      'u e1-e1 2: e0 e1',
    ]);
  });
});

test('correlationFields names what the correlations read of each rule', () => {
  const set = loadCorrelations(
    {
      id: 'inner',
      yaml: '{type: value_count, rules: [a, b], group-by: [who], timespan: 10s, condition: {field: Value, gte: 2}, aliases: {who: {a: User, b: Account}}}',
    },
    { id: 'outer', yaml: '{type: temporal, rules: [inner, c], group-by: [who, Host], timespan: 10s}' },
  );
  expect(correlationFields(set)).toEqual(
    new Map([
      ['a', ['Host', 'User', 'Value']],
      ['b', ['Account', 'Host', 'Value']],
      ['c', ['Host', 'who']],
    ]),
  );
});

test.each([
  'a',
  'not a',
  'a and b or c',
  'not (a and b) or c',
  'not (a or not b) and c',
  'a and not a',
  '(a or b) and (b or c) and not (a and c)',
])('alternatives of "%s" mean the same', (text) => {
  const condition = parseCondition(text, 10);
  const javascript = text.replaceAll('and', '&&').replaceAll('or', '||').replaceAll('not', '!');
  const expected = new Function('a', 'b', 'c', `return ${javascript}`) as (...present: boolean[]) => boolean;
  for (let bits = 0; bits < 8; bits++) {
    const present = ['a', 'b', 'c'].filter((_, index) => (bits >> index) & 1);
    const fulfilled = alternativesOf(condition, ['a', 'b', 'c'])?.some(
      (way) =>
        way.present.every((rule) => present.includes(rule)) && !way.absent.some((rule) => present.includes(rule)),
    );
    expect([present, fulfilled]).toEqual([present, expected(...['a', 'b', 'c'].map((rule) => present.includes(rule)))]);
  }
});
