import { describe, expect, test } from 'vitest';
import { loadText } from '../testing.ts';

const RULES = ['a', 'b']
  .map(
    (name) =>
      `title: ${name}\nname: ${name}\nlogsource: {product: any}\ndetection: {s: {F: ${name}}, condition: s}\n---\n`,
  )
  .join('');
const FILTER = 'title: F\nname: f\nlogsource: {product: any}\nfilter: {rules: any, s: {G: x}, condition: not s}\n---\n';

/** Loads a correlation section beside the rules a and b and the filter f. */
function load(section: string, more = '') {
  return loadText(`${RULES}${FILTER}title: C\nname: c\ncorrelation: ${section}\n${more}`);
}

const problems = (section: string, more = '') =>
  load(section, more).problems.map(({ severity, code }) => `${severity} ${code}`);

const COUNT = 'type: event_count, rules: [a], group-by: [U], timespan: 1m, condition: {gte: 2}';

/** The correlation {@link COUNT} with one key replaced; `undefined` leaves it out. */
function countWith(key: string, value: string | undefined): string {
  const entries = new Map([
    ['type', 'event_count'],
    ['rules', '[a]'],
    ['group-by', '[U]'],
    ['timespan', '1m'],
    ['condition', '{gte: 2}'],
  ]);
  if (value === undefined) entries.delete(key);
  else entries.set(key, value);
  return `{${Array.from(entries, ([name, text]) => `${name}: ${text}`).join(', ')}}`;
}

describe('a correlation', () => {
  test('is read', () => {
    const section =
      '{type: value_count, rules: [b, a], group-by: [who], timespan: 90m, aliases: {who: {a: User, b: Account}}, condition: {field: [X, Y], gt: 1, lte: 2.5}}';
    const set = load(section, 'level: high\ngenerate: true');
    const [a, b] = set.rules.map(({ rule }) => rule.uid);
    expect(set.correlations[0]?.correlation).toMatchObject({
      kind: 'correlation',
      title: 'C',
      level: 'high',
      type: 'value_count',
      rules: [b, a],
      groupBy: ['who'],
      timespanMs: 5_400_000,
      aliases: new Map([
        [
          'who',
          new Map([
            [a, 'User'],
            [b, 'Account'],
          ]),
        ],
      ]),
      condition: {
        kind: 'bounds',
        fields: ['X', 'Y'],
        bounds: [
          { relation: 'gt', value: 1 },
          { relation: 'lte', value: 2.5 },
        ],
      },
      generate: true,
    });
    expect(set.problems).toEqual([]);
    expect(set.silent.size).toBe(0);
  });

  test.each([
    ['1s', 1],
    ['2m', 120],
    ['3h', 10_800],
    ['1d', 86_400],
    ['1w', 604_800],
    ['1M', 2_629_746],
    ['1y', 31_556_952],
  ])('timespan %s has %i seconds', (text, seconds) => {
    expect(load(countWith('timespan', text)).correlations[0]?.correlation.timespanMs).toBe(seconds * 1_000);
  });

  test('silences the rules that it refers to unless it generates', () => {
    const set = load(`{${COUNT}}`);
    expect([...set.silent]).toEqual([set.rules[0]?.rule.uid]);
    expect(load(`{${COUNT}, generate: true}`).silent.size).toBe(0);
    expect(load(`{${COUNT}}`, 'generate: true').silent.size).toBe(0);
  });

  test('takes all rules for the threshold of a temporal one', () => {
    const condition = load('{type: temporal, rules: [a, b], group-by: [U], timespan: 1m}').correlations[0]?.correlation
      .condition;
    expect(condition).toEqual({ kind: 'bounds', bounds: [{ relation: 'gte', value: 2 }], fields: [] });
  });

  test.each([
    ['type', undefined, 'correlation.type'],
    ['type', 'event_counts', 'correlation.type'],
    ['rules', undefined, 'correlation.rules'],
    ['rules', '[]', 'correlation.rules'],
    ['rules', '[5]', 'correlation.rules'],
    ['rules', '[a, a]', 'correlation.rules'],
    ['rules', '[nobody]', 'correlation.unknown-rule'],
    ['rules', '[f]', 'correlation.unknown-rule'],
    ['rules', '[c]', 'correlation.cycle'],
    ['group-by', '{}', 'correlation.group-by'],
    ['timespan', undefined, 'correlation.timespan'],
    ['timespan', '5', 'correlation.timespan'],
    ['timespan', '0s', 'correlation.timespan'],
    ['timespan', '1.5h', 'correlation.timespan'],
    ['timespan', '99999999999d', 'correlation.timespan'],
    ['condition', undefined, 'correlation.condition'],
    ['condition', '{}', 'correlation.condition'],
    ['condition', '{gte: many}', 'correlation.condition'],
    ['condition', '{gte: .inf}', 'correlation.condition'],
    ['condition', '{gte: .nan}', 'correlation.condition'],
    ['condition', '{gte: "1e999"}', 'correlation.condition'],
    ['condition', '{gte: "0x10"}', 'correlation.condition'],
    ['condition', '{gte: ""}', 'correlation.condition'],
    ['condition', '{gte: 1, than: 2}', 'correlation.condition'],
    ['condition', '{gte: 1, percentile: 5}', 'correlation.percentile'],
    ['condition', 'a and b', 'correlation.condition'],
    ['aliases', '[x]', 'correlation.aliases'],
    ['aliases', '{x: y}', 'correlation.aliases'],
    ['aliases', '{x: {a: 5}}', 'correlation.aliases'],
    ['aliases', '{x: {nobody: F}}', 'correlation.unknown-rule'],
    ['generate', 'maybe', 'correlation.generate'],
  ])('%s: %s is %s', (key, value, code) => {
    const found = problems(countWith(key, value));
    expect(found).toEqual([`error ${code}`]);
  });

  test.each([
    ['generate', '~', { generate: false }],
    ['group-by', '[4624, U]', { groupBy: ['4624', 'U'] }],
    ['group-by', '12345678901234567890', { groupBy: ['12345678901234567890'] }],
    ['condition', '{gte: " 2.5 "}', { condition: { bounds: [{ relation: 'gte', value: 2.5 }] } }],
  ])('%s may be %s', (key, value, expected) => {
    const { correlations, problems: found } = load(countWith(key, value));
    expect(correlations).toMatchObject([{ correlation: expected }]);
    expect(found).toEqual([]);
  });

  test('a percentile may be a text', () => {
    const section = (percentile: string) =>
      `{type: value_percentile, rules: [a], group-by: [U], timespan: 1m, condition: {gte: 1, field: A, percentile: ${percentile}}}`;
    expect(load(section('"95"')).correlations).toMatchObject([{ correlation: { condition: { percentile: 95 } } }]);
    expect(problems(section('"0x10"'))).toEqual(['error correlation.percentile']);
  });

  test('its type is read in any case', () => {
    const { correlations, problems: found } = load(countWith('type', 'Event_Count'));
    expect(correlations).toMatchObject([{ correlation: { type: 'event_count' } }]);
    expect(found).toMatchObject([{ severity: 'warning', code: 'correlation.type' }]);
  });

  test.each([
    ['value_count', '{gte: 1}', 'correlation.field'],
    ['value_sum', '{gte: 1, field: [A, B]}', 'correlation.field'],
    ['value_avg', '{gte: 1, field: 5}', 'correlation.field'],
    ['value_percentile', '{gte: 1, field: A, percentile: 101}', 'correlation.percentile'],
    ['temporal', "'a and'", 'correlation.condition'],
    ['temporal', "'1 of a'", 'correlation.condition'],
    ['temporal', "'a and b'", 'correlation.condition'],
    ['temporal', "'a and not a'", 'correlation.condition'],
    ['temporal_ordered', "'not (a or not a)'", 'correlation.condition'],
    ['temporal', '5', 'correlation.condition'],
  ])('%s with %s is %s', (type, condition, code) => {
    expect(problems(`{type: ${type}, rules: [a], group-by: [U], timespan: 1m, condition: ${condition}}`)).toEqual([
      `error ${code}`,
    ]);
  });

  test('an extended condition names the rules of the list, and no others', () => {
    const section = (condition: string) =>
      `{type: temporal, rules: [a, b], group-by: [U], timespan: 1m, condition: ${condition}}`;
    expect(problems(section('a and not b'))).toEqual([]);
    expect(problems(section('a'))).toEqual(['error correlation.condition']);
    expect(problems(section('a and b and c'))).toEqual(['error correlation.condition']);
  });

  test('warnings leave it loaded', () => {
    expect(problems(countWith('group-by', undefined))).toEqual(['warning correlation.group-by']);
    expect(problems(countWith('condition', '{gte: 1, field: X}'))).toEqual(['warning correlation.field']);
  });

  test('bounds are kept', () => {
    const names = Array.from({ length: 65 }, (_, index) => `r${index}`);
    expect(problems(countWith('rules', `[${names.join(', ')}]`))).toEqual(['error limit.correlation-rules']);
    const wide = names
      .slice(0, 18)
      .reduce((text, name, index) => text + (index % 2 ? ` or ${name})` : `${index ? ' and ' : ''}(${name}`), '');
    const rules = names.map(
      (name) => `title: ${name}\nname: ${name}\nlogsource: {product: any}\ndetection: {s: {F: ${name}}, condition: s}`,
    );
    const { problems: found } = loadText(
      `${rules.join('\n---\n')}\n---\ntitle: C\ncorrelation: {type: temporal, group-by: [U], timespan: 1m, condition: ${wide}}`,
    );
    expect(found.map(({ what }) => what)).toEqual(['the condition is too wide']);
  });
});

describe('references', () => {
  const correlation = (name: string, rules: string) =>
    `title: ${name}\nname: ${name}\ncorrelation: {type: event_count, rules: ${rules}, group-by: [U], timespan: 1m, condition: {gte: 2}}`;
  const codes = (...documents: readonly string[]) =>
    loadText(RULES + documents.join('\n---\n')).problems.map(({ rule, code }) => `${rule} ${code}`);

  test('those that others refer to come first', () => {
    const set = loadText(
      RULES + [correlation('z', '[y]'), correlation('y', '[x, a]'), correlation('x', '[b]')].join('\n---\n'),
    );
    expect(set.correlations.map(({ correlation: { title } }) => title)).toEqual(['x', 'y', 'z']);
  });

  test('circles, and what leads into them, are rejected', () => {
    expect(
      codes(correlation('x', '[y]'), correlation('y', '[x]'), correlation('z', '[x]'), correlation('ok', '[a]')),
    ).toEqual(['x correlation.cycle', 'y correlation.cycle', 'z correlation.cycle']);
  });

  test('what refers to something rejected is rejected', () => {
    expect(codes(correlation('x', '[nobody]'), correlation('y', '[x]'))).toEqual([
      'x correlation.unknown-rule',
      'y correlation.unknown-rule',
    ]);
    const wrong = 'title: W\nname: w\nlogsource: {}\ndetection: {s: {F: x}, condition: s}';
    const [, problem] = loadText([wrong, correlation('x', '[w]')].join('\n---\n')).problems;
    expect(problem?.why).toBe('it was rejected');
  });

  test('a name that two rules have means neither', () => {
    const twin = 'title: Twin\nname: a\nlogsource: {product: any}\ndetection: {s: {F: twin}, condition: s}';
    expect(codes(twin, correlation('x', '[a]'))).toEqual(['Twin rule.duplicate-name', 'x correlation.ambiguous-rule']);
  });

  test('a rule may be named by id', () => {
    const id = '929a690e-bef0-4204-a928-ef5e620d6fcc';
    const rule = `title: R\nid: ${id}\nname: r\nlogsource: {product: any}\ndetection: {s: {F: x}, condition: s}`;
    expect(codes(rule, correlation('x', `[${id}]`))).toEqual([]);
    expect(codes(rule, correlation('x', `[${id}, r]`))).toEqual(['x correlation.rules']);
    const other = id.toUpperCase();
    const set = loadText([rule, correlation('x', `[${other}]`)].join('\n---\n'));
    expect(set).toMatchObject({ correlations: [{ correlation: { rules: [id] } }], problems: [] });
    const temporal = `title: T\ncorrelation: {type: temporal, rules: [${id}, a], group-by: [U], timespan: 1m, condition: a and ${other}}`;
    expect(codes(rule, temporal)).toEqual([]);
  });

  test('a filter is never meant', () => {
    const filter = 'title: F\nname: a\nlogsource: {product: any}\nfilter: {rules: any, s: {G: x}, condition: not s}';
    expect(codes(filter, correlation('x', '[a]'))).toEqual([]);
    const [problem] = loadText(`${FILTER}${correlation('x', '[f]')}`).problems.filter(
      ({ severity }) => severity === 'error',
    );
    expect(problem?.why).toBe('it is a filter');
  });
});
