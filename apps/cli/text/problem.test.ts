import { readRuleCases, RuleCasesError } from '@yuheng/engine';
import { lintRules, loadRules, RulePlaces, type SigmaProblem } from '@yuheng/sigma';
import { describe, expect, it } from 'vitest';
import { attackTagProblems } from '../rules/check/attack-tags.ts';
import { ownFields } from '../rules/check/field-lists.ts';
import { fieldProblems } from '../rules/check/field-problems.ts';
import { givenBy } from '../rules/check/given.ts';
import { locateBy } from '../rules/check/locate.ts';
import { logsourceProblems } from '../rules/check/logsource-names.ts';
import { noRules, orphanProblems } from '../rules/pack.ts';
import { problemLine, problemText } from './problem.ts';

const BASE = 'title: t\nlogsource: { product: windows, category: process_creation }\n';

/** Documents with a fault each; a rule's detection, where it begins with a brace. */
const FAULTY: readonly string[] = [
  'title: [',
  '- a list',
  '1: a',
  'action: x',
  'title: t',
  'title: t\nlogsource: {}\ndetection: {}',
  'title: t\nlogsource: { product: 1 }\ndetection: {}',
  'logsource: { product: p }\ndetection: {}',
  'title: 1\nlogsource: { product: p }\ndetection: {}',
  `${BASE}id: 1`,
  `${BASE}level: x`,
  `${BASE}status: x`,
  BASE,
  `${BASE}detection: { s: { Image: a } }`,
  `${BASE}detection: { s: { Image: a }, condition: 1 }`,
  `${BASE.replace('title: t', `title: ${'t'.repeat(300)}`)}id: x\nname: ''\ntaxonomy: ''\nlevel: High\ndate: x\ndescription: 1\ntags: [X, X]\nreferences: x\nrelated: [x]\ndetection: { s: { Image: [] }, t: { Image: [null, a] }, u: { Image|contains|all: a }, v: { Image: b }, condition: s or t or u }`,
  `${BASE}id: 11111111-1111-4111-8111-111111111111\nname: n\ndetection: { s: { Image: a }, condition: s }\n---\n${BASE}name: n\ndetection: { s: { Image: a }, condition: s }\n---\n${BASE}id: 11111111-1111-4111-8111-111111111111\ndetection: { s: { Image: a }, condition: s }`,
  ...['s | count() > 1', '', 's t', '(s', 's and', 's and )', '2 of s*', '1 of (', 'x', '1 of x*', '"$"'].map(
    (condition) => `{ s: { Image: a }, condition: '${condition}' }`,
  ),
  ...[
    '{}',
    '[]',
    '{ Image: { a: b } }',
    '{ Image: [[a]] }',
    '[null]',
    '{ Image|x: a }',
    '{ Image|exists: [true, false] }',
    '{ Image|exists: a }',
    '{ Image|wide|utf16|base64: a }',
    '{ Image|base64: a*b }',
    '{ Image|re: true }',
    "{ Image|re: '(' }",
    "{ Image|re: '(?=a)' }",
    '{ Image|i: a }',
    '{ Image|cidr: a }',
    '{ Image|cidr: 10.0.0.1/8 }',
    '{ Image|gt: a }',
    '{ Image|hour: 99 }',
    '{ Image|contains: 1 }',
    '{ Image|fieldref: a* }',
    '{ Image|wide: é }',
    '{ "|exists": true }',
    '{ Image|contains|re: a }',
    '{ Image|expand: "%a%" }',
  ].map((selection) => `{ s: ${selection}, condition: s }`),
  '{ s: { Image: x }, condition: s and not s }',
  '{ s: { Image: x }, condition: s or not s }',
  '{ s: { Image: x, EventID: 3 }, condition: s }',
  '{ s: { Image|contains: x }, t: { Image: xy, User: z }, condition: s or t }',
  '{ s: { Image|contains: [a, ab] }, condition: s }',
  '{ s: { Image: [a, A] }, condition: s }',
  '{ s: { Image: [a, a] }, condition: s }',
  "{ s: { Image|re: '(a+)+b' }, condition: s }",
  '{ s: { Imag: a, Nothing: b }, condition: s }',
  `${BASE}tags: [attack.t9999, attack.x, attack.t1562.001]\ndetection: { s: { Image: a }, condition: s }`,
  'title: t\nlogsource: { product: windos, service: own_appliance }\ndetection: { s: { a: b }, condition: s }',
  `${BASE}detection: { s: { Image: a }, condition: s }\n---\n${BASE}detection: { s: { Image: a }, condition: s }\nlevel: high`,
  `${BASE}detection: { s: { Image|contains: a }, condition: s }\n---\n${BASE}detection: { s: { Image: aa }, condition: s }\ntags: [cve.2026-1]\n---\n${BASE}detection: { s: { Image: ab }, condition: s }`,
  'title: f\nlogsource: { product: p }\nfilter: x',
  'title: f\nlogsource: { product: p }\nfilter: { s: { a: b }, condition: s }',
  'title: f\nlogsource: { product: p }\nfilter: { rules: [x], s: { a: b }, condition: s }',
  ...[
    'x',
    '{ type: x }',
    '{ type: event_count }',
    '{ type: event_count, rules: [a] }',
    '{ type: event_count, rules: [[a]], condition: { gte: 1 } }',
    '{ type: event_count, rules: [a, a], condition: { gte: 1 } }',
    '{ type: event_count, rules: [a], timespan: 1x, condition: { gte: 1 } }',
    '{ type: event_count, rules: [a], condition: { gte: 1 } }',
    '{ type: Event_Count, rules: [a], timespan: 1m, condition: { gte: 1, field: x } }',
    '{ type: event_count, rules: [a], timespan: 1m, condition: { gte: x } }',
    '{ type: event_count, rules: [a], timespan: 1m, condition: { x: 1 } }',
    '{ type: event_count, rules: [a], timespan: 1m, condition: {} }',
    '{ type: event_count, rules: [a], timespan: 1m, condition: x }',
    '{ type: value_count, rules: [a], timespan: 1m, condition: { gte: 1 } }',
    '{ type: value_sum, rules: [a], timespan: 1m, condition: { gte: 1, field: [a, b] } }',
    '{ type: event_count, rules: [a], timespan: 1m, condition: { gte: 1, percentile: 7 } }',
    '{ type: event_count, rules: [a], timespan: 1m, group-by: [[x]], condition: { gte: 1 } }',
    '{ type: event_count, rules: [a], timespan: 1m, generate: x, condition: { gte: 1 } }',
    '{ type: event_count, rules: [a], timespan: 1m, aliases: x, condition: { gte: 1 } }',
    '{ type: temporal, rules: [a, b], timespan: 1m, condition: a }',
    '{ type: temporal, rules: [a, b], timespan: 1m, condition: a and b and c }',
    '{ type: temporal, rules: [a, b], timespan: 1m, condition: 1 of a* }',
    '{ type: temporal, rules: [a, b], timespan: 1m, condition: a and not a and b }',
  ].map(
    (section) =>
      `title: c\ncorrelation: ${section}\n---\n${BASE}name: a\ndetection: { s: { Image: a }, condition: s }\n---\n${BASE}name: b\ndetection: { s: { Image: b }, condition: s }`,
  ),
];

function problemsOf(text: string): readonly SigmaProblem[] {
  const sources = [{ file: 'r.yml', text: text.startsWith('{') ? `${BASE}detection: ${text}` : text }];
  const set = loadRules(sources);
  const locate = locateBy(new RulePlaces(sources));
  return [
    ...set.problems,
    ...lintRules(set, { given: givenBy }),
    ...set.rules.flatMap((rule) => [
      ...fieldProblems(rule, ownFields, locate),
      ...attackTagProblems(rule.rule, locate),
      ...logsourceProblems(rule.rule, locate),
    ]),
  ];
}

function faultsOf(cases: string): readonly SigmaProblem[] {
  try {
    readRuleCases(cases, 'r.test.yml');
    return [];
  } catch (error) {
    const faults = error instanceof RuleCasesError ? error.faults : [];
    return faults.map((fault) => ({ ...fault, file: 'r.test.yml', severity: 'error' }));
  }
}

/** What only the libraries behind say, or the rule itself. */
const NOT_OURS = /^(?:yaml\.syntax|tests\.syntax|regex\.\w+|lint\.shadowed) why$/;

/** Parts of a problem's text without a Chinese letter. */
function untranslated(problem: SigmaProblem): string[] {
  return (['what', 'why', 'fix'] as const)
    .filter((part) => !NOT_OURS.test(`${problem.code} ${part}`))
    .filter((part) => !/\p{Script=Han}/u.test(problemText({ what: problem[part], why: '', fix: '' }, 'zh-CN')))
    .map((part) => `${problem.code}: ${problem[part]}`);
}

describe('problems in Chinese', () => {
  it.each(FAULTY)('%s', (text) => {
    const problems = problemsOf(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.flatMap(untranslated)).toEqual([]);
  });

  it.each([
    'x',
    'mach: 1',
    '[oops',
    'match: [x, { nam: x }, { name: x, input: y, count: 0 }]\nmiss: [{ name: x, input: y, count: 1 }]',
  ])('cases %s', (text) => {
    const problems = faultsOf(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.flatMap(untranslated)).toEqual([]);
  });

  it('of a pack as a whole', () => {
    const orphans = orphanProblems({ rules: [], cases: new Map(), orphans: ['a.test.yml'] });
    expect([noRules(['x']), ...orphans].flatMap(untranslated)).toEqual([]);
  });

  it('say what the English ones say of the rule', () => {
    const problem = {
      code: 'lint.covered-value',
      file: 'r.yml',
      line: 7,
      severity: 'warning',
      what: 'in s, A|contains: the value "a, $1: \\x" is never needed',
      why: '"x" finds whatever it finds',
      fix: 'unheard of',
    } as const;
    expect(problemLine(problem, 'zh-CN')).toBe(
      'r.yml:7: 警告 lint.covered-value: s 的 A|contains 中，值 “a, $1: \\x” 是多余的：“x” 会找到它找到的一切 → unheard of',
    );
    expect(problemText({ ...problem, what: 'in s, A: the value "" is never needed' }, 'zh-CN')).toMatch(
      /^s 的 A 中，值 “” /,
    );
    expect(problemLine(problem, 'en')).toBe(
      `r.yml:7: warning lint.covered-value: ${problem.what}: ${problem.why} → unheard of`,
    );
  });

  it('stay English where they are longer than a person reads', () => {
    const what = `the key ${'x'.repeat(2_000)} is not a text`;
    expect(problemText({ what, why: '', fix: '' }, 'zh-CN')).toContain(what);
  });
});
