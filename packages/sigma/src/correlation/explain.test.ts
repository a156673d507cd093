import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHOWN_STEPS } from './disorder.ts';
import { explainCorrelation, SHOWN_TURNS, type CorrelationExplanation } from './explain.ts';
import { correlateAll, loadCorrelations, match } from './testing.ts';
import type { Match } from './types.ts';

function explain(yaml: string, matches: readonly Match[]): CorrelationExplanation {
  return explainCorrelation(loadCorrelations({ id: 'c1', yaml }), 'c1', matches);
}

/** The nearest window in one line: `group first-last: figure, unkept bounds, missing rules, unwanted rules`. */
function near({ nearest }: CorrelationExplanation): string {
  if (!nearest) return 'none';
  const { group, matches, figure = 'no figure', unkept, missing, unwanted } = nearest;
  const uids = [...matches.first, ...matches.last].map(({ uid }) => uid);
  const bounds = unkept.map(({ relation, value }) => `${relation} ${value}`);
  return `${group.map(({ value }) => value).join('/')} ${uids.join(' ')}: ${[figure, ...bounds].join(' ')}, missing ${missing.join(' ')}, unwanted ${unwanted.join(' ')}`;
}

const user = (rule: string, uid: string, second: number, name?: string): Match =>
  match(rule, uid, second, name === undefined ? {} : { User: name });
const COUNT = '{type: event_count, rules: [a], group-by: [User], timespan: 10s, condition: {gte: 3}}';
const size = (uid: string, second: number, bytes: unknown): Match => match('a', uid, second, { Size: bytes });

describe('explainCorrelation', () => {
  it('names the window that lacked least', () => {
    const matches = [user('a', '1', 0, 'x'), user('a', '2', 1, 'y'), user('a', '3', 5, 'y'), user('a', '4', 11, 'y')];
    const explanation = explain(COUNT, matches);
    expect(near(explanation)).toBe('y 2 3: 2 gte 3, missing , unwanted ');
    expect(explanation).toMatchObject({ turns: 0, inputs: [{ rule: 'a', count: 4 }], ungrouped: [], about: [] });
  });

  it('names the field that matches lack', () => {
    expect(explain(COUNT, [user('a', '1', 0), user('a', '2', 1)])).toMatchObject({
      ungrouped: [{ field: 'User', count: 2 }],
    });
    expect(near(explain(COUNT, [user('b', '1', 0, 'x')]))).toBe('none');
  });

  it('shows where it turned true', () => {
    const stream = Array.from({ length: 3 * (SHOWN_TURNS + 2) }, (_, index) =>
      user('a', String(index), Math.floor(index / 3) * 100, 'x'),
    );
    const { turns, turned } = explain(COUNT, stream);
    expect([turns, turned.length]).toEqual([SHOWN_TURNS + 2, SHOWN_TURNS]);
    expect(turned[0]).toMatchObject({ group: [{ field: 'User', value: 'x' }], turned: { uid: '2' } });
  });

  it.each<[string, string, readonly Match[], string]>([
    [
      'values',
      '{type: value_count, rules: [a], timespan: 10s, condition: {field: User, gt: 2}}',
      [user('a', '1', 0, 'x'), user('a', '2', 1, 'y'), user('a', '3', 2, 'y')],
      ' 1 2 3: 2 gt 2, missing , unwanted ',
    ],
    [
      'rules that did not occur',
      '{type: temporal, rules: [a, b, c], timespan: 10s}',
      [match('a', '1', 0), match('b', '2', 3)],
      ' 1 2: 2 gte 3, missing c, unwanted ',
    ],
    [
      'rules in the wrong order',
      '{type: temporal_ordered, rules: [a, b], timespan: 10s}',
      [match('b', '1', 0), match('a', '2', 3)],
      ' 1 2: 1 gte 2, missing , unwanted ',
    ],
    [
      'a count of rules',
      '{type: temporal, rules: [a, b, c], timespan: 10s, condition: {gte: 3}}',
      [match('a', '1', 0), match('c', '2', 3)],
      ' 1 2: 2 gte 3, missing b, unwanted ',
    ],
    [
      'a rule that must not occur',
      '{type: temporal, rules: [a, b], timespan: 10s, condition: a and not b}',
      [match('b', '1', 0), match('a', '2', 3)],
      ' 1 2: no figure, missing , unwanted b',
    ],
    [
      'a sum',
      '{type: value_sum, rules: [a], timespan: 10s, condition: {field: Size, gte: 100}}',
      [size('1', 0, 2.5), size('2', 1, '40')],
      ' 1 2: 42.5 gte 100, missing , unwanted ',
    ],
    [
      'a mean',
      '{type: value_avg, rules: [a], timespan: 10s, condition: {field: Size, gt: 30}}',
      [size('1', 0, 10), size('2', 1, 20)],
      ' 1 2: 15 gt 30, missing , unwanted ',
    ],
    [
      'no value at all',
      '{type: value_sum, rules: [a], timespan: 10s, condition: {field: Size, gte: 1}}',
      [size('1', 0, 'x')],
      ' 1: no figure gte 1, missing , unwanted ',
    ],
    [
      'a median',
      '{type: value_median, rules: [a], timespan: 10s, condition: {field: Size, gte: 9}}',
      [size('1', 0, 1), size('2', 1, 3), size('3', 2, 50)],
      ' 1 2 3: 3 gte 9, missing , unwanted ',
    ],
    [
      'a share',
      '{type: value_percentile, rules: [a], timespan: 10s, condition: {field: Size, lt: 40}}',
      [size('1', 0, 'x'), size('2', 1, 'y')],
      ' 1 2: 50 lt 40, missing , unwanted ',
    ],
  ])('reads %s', (_, yaml, matches, expected) => {
    expect(near(explain(yaml, matches))).toBe(expected);
  });

  it.each<[string, string, readonly Match[], unknown]>([
    ['bounds', '', [match('b', '1', 0), match('b', '2', 1), match('a', '3', 2)], [['b'], ['a']]],
    ['one event', '', [match('a', '1', 0), match('b', '1', 0)], [['a', 'b']]],
    ['an expression', ', condition: a and b', [match('b', '1', 0), match('a', '2', 1)], [['b'], ['a']]],
  ])('tells how rules came that are not in order: %s', (_, condition, matches, came) => {
    const yaml = `{type: temporal_ordered, rules: [a, b], timespan: 10s${condition}}`;
    const { nearest } = explain(yaml, matches);
    expect(nearest).toMatchObject({ missing: [], disorder: { came, skipped: 0, asked: ['a', 'b'] } });
  });

  it.each([
    ['rules that came in order', '', [match('a', '1', 0), match('b', '2', 1)]],
    [
      'a rule that must not occur',
      ', condition: a and b and not c',
      ['c', 'a', 'b'].map((rule, at) => match(rule, rule, at)),
    ],
    ['rules without an order', ', type: temporal', [match('b', '1', 0), match('a', '2', 1)]],
  ])('tells of no order for %s', (_, more, matches) => {
    const type = more.includes('type') ? '' : ', type: temporal_ordered';
    const { nearest } = explain(`{rules: [a, b, c], timespan: 10s${type}${more}}`, matches);
    expect(nearest).toBeDefined();
    expect(nearest).not.toHaveProperty('disorder');
  });

  it('tells the last steps of many', () => {
    const steps = Array.from({ length: SHOWN_STEPS + 2 }, (_, at) => match(at % 2 ? 'b' : 'c', String(at), at / 4));
    const { nearest } = explain('{type: temporal_ordered, rules: [b, a, c], timespan: 10s, condition: {gte: 3}}', [
      ...steps,
      match('a', 'last', 9),
    ]);
    expect(nearest?.disorder).toMatchObject({ skipped: 3, asked: ['b', 'a', 'c'] });
    expect(nearest?.disorder?.came).toHaveLength(SHOWN_STEPS);
    expect(nearest?.disorder?.came.at(-1)).toEqual(['a']);
  });

  it.each<[string, readonly Match[], object | undefined]>([
    ['too late', [user('a', '1', 0, 'x'), user('b', '2', 83, 'x')], { side: 'after', gapMs: 83_000, excessMs: 73_000 }],
    [
      'too early',
      [user('b', '1', 0, 'x'), user('a', '2', 50, 'x'), user('a', '3', 55, 'x')],
      { side: 'before', gapMs: 50_000, excessMs: 40_000 },
    ],
    [
      'nearer after than before',
      [user('b', '1', 0, 'x'), user('a', '2', 50, 'x'), user('a', '3', 51, 'x'), user('b', '4', 62, 'x')],
      { side: 'after', gapMs: 11_000, excessMs: 1_000 },
    ],
    ['in no group of it', [user('a', '1', 0, 'x'), user('a', '2', 1, 'x'), user('b', '3', 1, 'y')], undefined],
  ])('tells where a missing rule occurred: %s', (_, matches, stray) => {
    const yaml = '{type: temporal, rules: [a, b], group-by: [User], timespan: 10s}';
    const { nearest } = explain(yaml, matches);
    expect(nearest?.missing).toEqual(['b']);
    expect(nearest?.elsewhere).toMatchObject([
      stray ? { rule: 'b', others: 0, nearest: stray } : { rule: 'b', others: 1 },
    ]);
    expect(nearest?.elsewhere[0]?.nearest === undefined).toBe(stray === undefined);
  });

  it('shows of windows that lack as much the one that a missing rule came nearest to', () => {
    const fails = Array.from({ length: 6 }, (_, at) => match('a', String(at), at < 4 ? at : at * 10));
    const { nearest } = explain('{type: temporal_ordered, rules: [a, b], timespan: 20s}', [
      ...fails,
      match('b', 'b', 133),
    ]);
    expect(nearest?.matches.first.map(({ uid }) => uid)).toEqual(['4', '5']);
    expect(nearest?.elsewhere).toMatchObject([{ nearest: { gapMs: 83_000, excessMs: 63_000 } }]);
  });

  it('does not measure how far a rule is on the wrong side of an order', () => {
    const ordered = '{type: temporal_ordered, rules: [b, a], timespan: 10s}';
    const wrong = [match('a', '1', 0), match('b', '2', 15)];
    const stray = { match: wrong[1], side: 'after', gapMs: 15_000 };
    expect(explain(ordered, wrong).nearest?.elsewhere[0]?.nearest).toEqual(stray);
    const both = [match('b', '0', 0), match('a', '1', 80), match('a', '2', 81), match('b', '3', 95)];
    expect(explain(ordered, both).nearest?.elsewhere).toMatchObject([
      { nearest: { side: 'before', excessMs: 70_000 } },
    ]);
  });

  it('measures how far a rule is from a window with all others', () => {
    const matches = [match('a', '1', 0), match('b', '2', 9), match('c', '3', 12)];
    const { nearest } = explain('{type: temporal, rules: [a, b, c], timespan: 10s}', matches);
    expect(nearest?.elsewhere).toMatchObject([{ rule: 'c', nearest: { gapMs: 3_000, excessMs: 2_000 } }]);
    expect(explain('{type: temporal, rules: [a, b], timespan: 10s}', [match('a', '1', 0)]).nearest?.elsewhere).toEqual(
      [],
    );
  });

  it('tells of the groups alone that events asked about are in, and rather of their windows', () => {
    const at = (uid: string, name: string, second: number): Match => user('a', uid, second, name);
    const matches = [
      ...[at('1', 'x', 0), at('2', 'x', 1), at('3', 'y', 2), at('4', 'y', 3), at('5', 'y', 4), at('6', 'x', 100)],
      match('a', '7', 101),
    ];
    const told = (...about: string[]): CorrelationExplanation =>
      explainCorrelation(loadCorrelations({ id: 'c1', yaml: COUNT }), 'c1', matches, { about: new Set(about) });
    expect(told('6')).toMatchObject({ turns: 0, turned: [], inputs: [{ count: 3 }], about: [[{ value: 'x' }]] });
    expect(near(told('6'))).toBe('x 6: 1 gte 3, missing , unwanted ');
    expect(near(told('1'))).toBe('x 1 2: 2 gte 3, missing , unwanted ');
    expect(told('3')).toMatchObject({ turns: 1, inputs: [{ count: 3 }], about: [[{ field: 'User', value: 'y' }]] });
    expect(told('7')).toMatchObject({ turns: 1, inputs: [{ count: 7 }], about: [] });
  });

  it('counts how often a correlation that it looks at held', () => {
    const set = loadCorrelations(
      { id: 'c1', yaml: '{type: event_count, rules: [a], timespan: 10s, condition: {gte: 2}}' },
      { id: 'c2', yaml: '{type: temporal, rules: [c1, b], timespan: 10s}' },
    );
    const explanation = explainCorrelation(set, 'c2', [match('a', '1', 0), match('a', '2', 1), match('a', '3', 2)]);
    expect(explanation.inputs).toEqual([
      { rule: 'c1', count: 2 },
      { rule: 'b', count: 0 },
    ]);
    expect(near(explanation)).toBe(' 1 2 3: 1 gte 2, missing b, unwanted ');
  });

  it('refuses a correlation that is not there', () => {
    expect(() => explainCorrelation(loadCorrelations(), 'c9', [])).toThrow(RangeError);
  });

  it('turns as often as the correlator finds, on any stream', () => {
    const one = fc.record({
      rule: fc.constantFrom('a', 'b'),
      gap: fc.nat(6),
      name: fc.constantFrom('x', 'y', undefined),
    });
    const types = fc.constantFrom(
      COUNT,
      '{type: temporal, rules: [a, b], group-by: [User], timespan: 10s}',
      '{type: temporal_ordered, rules: [a, b], timespan: 10s}',
    );
    const property = fc.property(types, fc.array(one, { maxLength: 40 }), (yaml, stream) => {
      let second = 0;
      const matches = stream.map(({ rule, gap, name }, index) => user(rule, String(index), (second += gap), name));
      const set = loadCorrelations({ id: 'c1', yaml, generate: true });
      const { turns } = explainCorrelation(set, 'c1', matches);
      expect(turns).toBe(correlateAll(set, matches).length);
    });
    fc.assert(property, { numRuns: 200, seed: 10 });
  });
});
