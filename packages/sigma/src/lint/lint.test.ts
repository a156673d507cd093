import { describe, expect, test } from 'vitest';
import { loadRules } from '../load.ts';
import { lintRules, type LintOptions } from './lint.ts';
import { RulePlaces } from './places.ts';
import { MAX_WAYS, waysOf } from './ways.ts';

/** Lints rules, each `logsource detection`, named a, b, …; a line for each problem. */
function lint(...detections: readonly string[]): string[] {
  const text = detections.map((detection, index) => {
    const [, category = 'any', body = detection] = /^(\w+): (\{.*)$/s.exec(detection) ?? [];
    return `title: ${'abcdef'[index]}\nlogsource: {product: p, category: ${category}}\ndetection: ${body}`;
  });
  return lintText(text.join('\n---\n'));
}

function lintText(text: string): string[] {
  const set = loadRules([{ file: 'r.yml', text }]);
  expect(set.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return lintRules(set).map(({ rule, severity, code, what, why }) => `${rule} ${severity} ${code}: ${what}; ${why}`);
}

describe('lintRules', () => {
  test.each<[string, string, string | undefined]>([
    ['a sound rule', '{s: {A: x, B|contains: [y, z]}, f: {A: x, C: w}, condition: s and not f}', undefined],
    [
      'a selection and its opposite',
      '{s: {A: x}, condition: s and not s}',
      'a error lint.never: the condition can never be true; s A: x contradicts not s A: x',
    ],
    [
      'a filter wider than the selection',
      '{s: {A|endswith: xyz}, f: {A|contains: y}, condition: s and not f}',
      'a error lint.never: the condition can never be true; s A|endswith: xyz contradicts not f A|contains: y',
    ],
    [
      'two values of one field',
      '{s: {A: 1}, t: {A: [2, 3]}, condition: s and t}',
      'a error lint.never: the condition can never be true; s A: 1 contradicts t A: 2 | 3',
    ],
    [
      'a value that another comparison excludes',
      '{s: {A: abc}, t: {A|startswith: x}, condition: s and t}',
      'a error lint.never: the condition can never be true; s A: abc contradicts t A|startswith: x',
    ],
    [
      'null and a value',
      '{s: {A: abc}, t: {A: null}, condition: s and t}',
      'a error lint.never: the condition can never be true; s A: abc contradicts t A: null',
    ],
    ['a pattern that nobody looks into', '{s: {A: abc}, t: {A|re: x}, condition: s and t}', undefined],
    [
      'a part that may hold beside another',
      '{s: {A|contains: abc}, t: {A|contains: x}, condition: s and t}',
      undefined,
    ],
    [
      'a branch within another',
      '{s: {A|contains: x}, t: {A|contains: xy, B: z}, condition: s or t}',
      'a warning lint.unreachable: the branch "t" changes nothing; what it finds another branch of the condition finds as well',
    ],
    [
      'a branch that nothing reaches',
      '{s: {A: x}, t: {A: y, B: [z]}, u: {A: x}, condition: s or (t and u)}',
      'a warning lint.unreachable: the branch "t" changes nothing; t A: y contradicts u A: x',
    ],
    [
      'a value within another',
      '{s: {A|contains: [abc, x, b]}, condition: s}',
      'a warning lint.covered-value: in s, A|contains: the value "abc" is never needed; "b" finds whatever it finds',
    ],
    [
      'a value twice but for case',
      '{s: {A: [abc, ABC]}, condition: s}',
      'a warning lint.covered-value: in s, A: the value "ABC" is never needed; it stands there twice, but for case',
    ],
    [
      'a value twice',
      '{s: {A|contains: [Abc, Abc]}, condition: s}',
      'a warning lint.covered-value: in s, A|contains: the value "Abc" is never needed; it stands there twice',
    ],
    [
      'an empty text beside anything',
      "{s: {A: ['', '*']}, condition: s}",
      'a warning lint.covered-value: in s, A: the value "" is never needed; "*" finds whatever it finds',
    ],
    [
      'a value of several texts within another',
      "{s: {A|contains|windash: [' -Encoded', ' -E']}, condition: s}",
      'a warning lint.covered-value: in s, A|contains|windash: the value " -Encoded" is never needed; " -E" finds whatever it finds',
    ],
    [
      'a selection or its opposite',
      '{s: {A: x}, condition: s or not s}',
      'a error lint.always: the condition is always true; it finds every event of its log source',
    ],
    ['two selections that miss something', '{s: {A: x}, t: {A: y}, condition: not s or t}', undefined],
    [
      'a repetition of a repetition',
      "{s: {A|re: '^(a+)+$'}, condition: s}",
      'a warning lint.slow-pattern: in s, A|re: "^(a+)+$" repeats a repetition; an engine that goes back',
    ],
    [
      'a repetition that something optional follows',
      "{s: {A|re: '(?:\\d*,?)*x'}, condition: s}",
      'a warning lint.slow-pattern: in s, A|re: "(?:\\d*,?)*x" repeats a repetition; an engine that goes back',
    ],
    [
      'a repeated choice that overlaps',
      "{s: {A|re: '(?:\\w|\\d)+x'}, condition: s}",
      'a warning lint.slow-pattern: in s, A|re: "(?:\\w|\\d)+x" repeats a repetition; an engine that goes back',
    ],
    ['repetitions with something between', "{s: {A|re: '(?:\\d+,)+x+(?:a|b)*'}, condition: s}", undefined],
    ['an end that only looks like another', '{s: {A|endswith: [abc, ab]}, condition: s}', undefined],
  ])('%s', (_, detection, expected) => {
    expect(lint(detection)).toEqual(expected === undefined ? [] : [expect.stringContaining(expected)]);
  });

  test('a rule that another finds as well, of the same log source or a wider one', () => {
    const narrow = '{s: {A|endswith: \\x.exe, B: y}, condition: s}';
    const wide = '{s: {A|contains: [x.exe, z]}, condition: s}';
    const told = 'a warning lint.shadowed: another rule finds whatever it finds';
    expect(lint(`c: ${narrow}`, `c: ${wide}`)).toEqual([expect.stringContaining(told)]);
    expect(lint(`c: ${narrow}`, `d: ${wide}`)).toEqual([]);
  });

  test('no rule that ranks above the one that covers it', () => {
    const rule = (name: string, level: string, value: string, tags = '[]') =>
      `title: ${name}\nlevel: ${level}\ntags: ${tags}\nlogsource: {product: p}\ndetection: {s: {A|contains: ${value}}, condition: s}`;
    const lintAll = (...rules: readonly string[]) => {
      const set = loadRules([{ file: 'r.yml', text: rules.join('\n---\n') }]);
      return lintRules(set).map(({ rule: name, code, fix }) => `${name} ${code}: ${fix}`);
    };
    expect(lintAll(rule('narrow', 'high', 'curl'), rule('wide', 'low', 'url'))).toEqual([]);
    expect(lintAll(rule('narrow', 'low', 'curl'), rule('wide', 'low', 'url'))).toEqual([
      'narrow lint.shadowed: remove it, or let the other rule leave out what it finds',
    ]);
    expect(
      lintAll(rule('narrow', 'low', 'curl', '[cve.2026-1, detection.threat-hunting]'), rule('wide', 'low', 'url')),
    ).toEqual([
      'narrow lint.shadowed: keep it for what only it says (cve.2026-1), and let the other rule leave out what it finds',
    ]);
    expect(lintAll(rule('one', 'low', 'curl'), rule('other', 'high', 'curl'))).toEqual([
      'one lint.shadowed: remove one of the two',
    ]);
  });

  test('lines, and what records of a log source say of themselves', () => {
    const text = `title: t
logsource: {product: p, category: launch}
detection:
  s:
    Code: 3
  t:
    Code: 1
    A: [b, B]
  condition: s`;
    const sources = [
      { file: 'r.yml', text },
      { file: 'u.yml', text: text.replace('condition: s', 'condition: s or t') },
      { file: 'v.yml', text: text.replace('condition: s', 'condition: not t').replace('A: [b, B]', 'Log: x') },
    ];
    const kinds = [{ Code: ['1'], Log: ['x'] }, { Code: ['7', '8'] }];
    const lintAll = (given: LintOptions['given']) =>
      lintRules(loadRules(sources), { places: new RulePlaces(sources), ...(given ? { given } : {}) })
        .filter(({ code }) => code !== 'lint.shadowed')
        .map(({ file, line, code, why }) => `${file}:${line} ${code}: ${why}`);
    const covered = 'u.yml:8 lint.covered-value: it stands there twice, but for case';
    expect(lintAll(undefined)).toEqual([covered]);
    expect(lintAll(() => [...kinds, { Log: ['y'] }])).toEqual([covered]);
    expect(lintAll(({ category }) => (category === 'launch' ? kinds : undefined))).toEqual([
      'r.yml:9 lint.never: s Code: 3 contradicts the log source Code: 1',
      'u.yml:4 lint.unreachable: s Code: 3 contradicts the log source Code: 1',
      covered,
    ]);
  });

  test('no rule that only feeds a correlation', () => {
    const rule = (name: string) =>
      `title: ${name}\nname: ${name}\nlogsource: {product: p}\ndetection: {s: {A: x}, condition: s}`;
    const fed = 'title: c\ncorrelation: {type: event_count, rules: [b], timespan: 1m, condition: {gte: 2}}';
    expect(lintText([rule('a'), rule('b')].join('\n---\n'))).toHaveLength(1);
    expect(lintText([rule('a'), rule('b'), fed].join('\n---\n'))).toEqual([]);
  });

  test('of two rules that find the same the later one', () => {
    const same = '{s: {A: x}, condition: s}';
    expect(lint(same, same.toUpperCase().replace('CONDITION: S', 'condition: S'))).toEqual([
      expect.stringContaining('b warning lint.shadowed'),
    ]);
  });

  test('a condition with too many ways is left alone', () => {
    const lists = (count: number) =>
      `{${Array.from({ length: count }, (_, index) => `s${index}: [{A${index}: x}, {B${index}: y}]`).join(', ')}, f: {A0: x}, g: {B0: y}, condition: all of s* and not f and not g}`;
    const ways = (count: number) =>
      waysOf(
        loadRules([{ file: 'r', text: `title: t\nlogsource: {product: p}\ndetection: ${lists(count)}` }]).rules[0]!
          .detection,
      );
    expect(ways(Math.log2(MAX_WAYS))).toHaveLength(MAX_WAYS);
    expect(lint(lists(Math.log2(MAX_WAYS)))).toEqual([expect.stringContaining('lint.never')]);
    expect(lint(lists(Math.log2(MAX_WAYS) + 1))).toEqual([]);
  });
});
