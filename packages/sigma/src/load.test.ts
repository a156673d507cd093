import { describe, expect, test } from 'vitest';
import type { Limits } from './limits.ts';
import { loadRules } from './load.ts';
import { eventOf, loadText, ruleText } from './testing.ts';

const ID = '929a690e-bef0-4204-a928-ef5e620d6fcc';

/** A rule that is right, with lines replaced or added. */
function ruleWith(lines: Readonly<Record<string, string>>): string {
  const all = { title: 'A rule', logsource: '{product: any}', detection: '{s: {F: x}, condition: s}', ...lines };
  return Object.entries(all)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}

const outcome = (text: string) =>
  loadText(text).problems.map(({ severity, code, line }) => `${severity} ${code} ${line ?? '-'}`);

describe('metadata', () => {
  test('is read', () => {
    const [compiled] = loadText(`title: A rule
id: ${ID}
name: a_rule
status: test
level: high
description: What it finds
author: Someone
date: 2025-08-02
modified: 2025-08-03
tags: [attack.t1059, cve.2020-1]
references: [https://example.org]
falsepositives: [None known]
fields: [F]
scope: [server]
license: MIT
related: [{id: 08fbc97d-0a2f-491c-ae21-8ffcfd3174e9, type: derived}]
logsource: {category: process_creation, product: windows, definition: Needs Sysmon}
detection: {s: {F: x}, condition: s}
custom: 5
`).rules;
    expect(compiled?.rule).toEqual({
      kind: 'rule',
      uid: ID,
      id: ID,
      title: 'A rule',
      name: 'a_rule',
      status: 'test',
      level: 'high',
      taxonomy: 'sigma',
      description: 'What it finds',
      author: 'Someone',
      date: '2025-08-02',
      modified: '2025-08-03',
      tags: ['attack.t1059', 'cve.2020-1'],
      references: ['https://example.org'],
      falsepositives: ['None known'],
      fields: ['F'],
      scope: ['server'],
      license: 'MIT',
      related: [{ id: '08fbc97d-0a2f-491c-ae21-8ffcfd3174e9', type: 'derived' }],
      logsource: { category: 'process_creation', product: 'windows' },
      conditions: ['s'],
      file: 'test.yml',
    });
  });

  test('a rule without an id is known by its content, however it is written', () => {
    const [first] = loadText(ruleText('{s: {A: x, B: 12345678901234567890}, condition: s}')).rules;
    const [second] = loadText(
      'detection:\n  condition: s\n  s:\n    B: 12345678901234567890\n    A: "x"\nlogsource: {product: any}\ntitle: Test',
    ).rules;
    const [other] = loadText(ruleText('{s: {A: y, B: 12345678901234567890}, condition: s}')).rules;
    expect(first?.rule.uid).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(second?.rule.uid).toBe(first?.rule.uid);
    expect(other?.rule.uid).not.toBe(first?.rule.uid);
    expect(first?.rule.level).toBe('medium');
  });

  test('level and status are read in any case, an empty name or taxonomy as none', () => {
    const text = ruleWith({ level: 'High', status: 'TEST', name: "''", taxonomy: "''" });
    const [compiled] = loadText(text).rules;
    expect(compiled?.rule).toMatchObject({ level: 'high', status: 'test', taxonomy: 'sigma' });
    expect(compiled?.rule).not.toHaveProperty('name');
  });

  const checks: readonly (readonly [Readonly<Record<string, string>>, readonly string[]])[] = [
    [{ title: '' }, ['error rule.title 1']],
    [{ title: '[a]' }, ['error rule.title 1']],
    [{ title: 'x'.repeat(257) }, ['warning rule.title 1']],
    [{ id: 'no-uuid' }, ['warning rule.id 4']],
    [{ id: '5' }, ['error rule.id 4']],
    [{ level: 'severe' }, ['error rule.level 4']],
    [{ level: 'High' }, ['warning rule.level 4']],
    [{ status: 'Test' }, ['warning rule.status 4']],
    [{ status: 'tested' }, ['error rule.status 4']],
    [{ name: "''" }, ['warning rule.name 4']],
    [{ taxonomy: "''" }, ['warning rule.taxonomy 4']],
    [{ date: '2025/08/02' }, ['warning rule.date 4']],
    [{ modified: '2025-13-01' }, ['warning rule.modified 4']],
    [{ tags: '[Attack.T1059]' }, ['warning rule.tags 4']],
    [{ tags: 'attack.t1059' }, ['warning rule.tags 4']],
    [{ references: '[a, a]' }, ['warning rule.references 4']],
    [{ falsepositives: '[5]' }, ['warning rule.falsepositives 4']],
    [{ author: '[a]' }, ['warning rule.author 4']],
    [{ description: 'x'.repeat(65_536) }, ['warning rule.description 4']],
    [{ related: '[{id: x}]' }, ['warning rule.related 4']],
    [{ related: '[{id: x, type: friend}]' }, ['warning rule.related 4']],
    [{ logsource: '{}' }, ['error rule.logsource 2']],
    [{ logsource: '{product: 5}' }, ['error rule.logsource 2']],
    [{ logsource: 'windows' }, ['error rule.logsource 2']],
    [{ detection: 'x' }, ['error detection.missing 3']],
    [{ id: ID, level: '~', status: 'stable' }, []],
  ];
  test.each(checks.map(([lines, expected]) => [JSON.stringify(lines).slice(0, 60), lines, expected] as const))(
    '%s',
    (_, lines, expected) => {
      expect(outcome(ruleWith(lines))).toEqual(expected);
    },
  );

  test.each(['title', 'logsource', 'detection'])('%s is required', (key) => {
    const text = ruleWith({}).replace(new RegExp(`^${key}: .*\\n`, 'm'), '');
    expect(outcome(text)).toHaveLength(1);
  });
});

describe('problems', () => {
  test('say file, line, rule, what, why and what to do', () => {
    const text = `title: A rule\nlogsource:\n    product: any\ndetection:\n    sel:\n        Image|contains:\n            - 'ok'\n            - 5\n    condition: sel\n`;
    expect(loadRules([{ file: 'bad.yml', text }]).problems).toEqual([
      {
        code: 'modifier.value',
        file: 'bad.yml',
        line: 8,
        rule: 'A rule',
        title: 'A rule',
        what: 'the modifier "contains" does not fit',
        why: 'it takes a text, not a number',
        fix: 'put the value into quotes, or leave the modifier out',
        severity: 'error',
      },
    ]);
  });

  test('say everything that the document is called by', () => {
    const [problem] = loadText(ruleWith({ id: ID, name: 'a_rule', level: 'x' })).problems;
    expect(problem).toMatchObject({ rule: ID, name: 'a_rule', title: 'A rule' });
  });

  test('find their line in later documents and behind aliases', () => {
    expect(outcome(`${ruleWith({})}---\n${ruleWith({ title: 'B', level: 'x' })}`)).toEqual(['error rule.level 8']);
    expect(outcome(`base: &base {F|gt: x}\n${ruleWith({ detection: '{s: *base, condition: s}' })}`)).toEqual([
      'error modifier.value 1',
    ]);
  });

  test('one wrong document does not take the others along', () => {
    const { rules, problems } = loadText(
      `${ruleWith({ level: 'x' })}---\n${ruleWith({ title: 'B' })}---\n[list]\n---\n---\n${ruleWith({ title: 'C' })}`,
    );
    expect(rules.map(({ rule }) => rule.title)).toEqual(['B', 'C']);
    expect(problems.map(({ code }) => code)).toEqual(['rule.level', 'yaml.unreadable']);
  });

  test('an id that is there already rejects the later document', () => {
    const { rules, problems } = loadText(`${ruleWith({ id: ID })}---\n${ruleWith({ id: ID, title: 'B' })}`);
    expect(rules.map(({ rule }) => rule.title)).toEqual(['A rule']);
    expect(problems.map(({ code, line }) => `${code} ${line}`)).toEqual(['rule.duplicate-id 9']);
    expect(outcome(`${ruleWith({})}---\n${ruleWith({})}`)).toEqual(['error rule.duplicate-id 5']);
  });

  test('an id is the same in either case, and stays as written', () => {
    const { rules, problems } = loadText(
      `${ruleWith({ id: ID.toUpperCase() })}---\n${ruleWith({ id: ID, title: 'B' })}`,
    );
    expect(rules.map(({ rule }) => rule.uid)).toEqual([ID.toUpperCase()]);
    expect(problems.map(({ code }) => code)).toEqual(['rule.duplicate-id']);
  });

  test('a text that is no UUID is told apart by case', () => {
    const { rules } = loadText(`${ruleWith({ id: 'one' })}---\n${ruleWith({ id: 'ONE', title: 'B' })}`);
    expect(rules.map(({ rule }) => rule.uid)).toEqual(['one', 'ONE']);
  });

  test('a name that is there already is warned of', () => {
    expect(outcome(`${ruleWith({ name: 'n' })}---\n${ruleWith({ name: 'n', title: 'B' })}`)).toEqual([
      'warning rule.duplicate-name 9',
    ]);
  });
});

describe('hostile files', () => {
  const bombs = Array.from({ length: 30 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`).join(
    '\n',
  );
  test.each([
    ['no YAML', 'title: [', ['error yaml.syntax 1']],
    ['a text', 'hello', ['error yaml.unreadable 1']],
    ['binary', '\0\u0001\u0002', ['error yaml.syntax 1']],
    ['a tab', 'a:\n\t- b', ['error yaml.syntax 2']],
    ['an unknown tag', 'title: !!js/function x', ['error yaml.syntax 1']],
    ['a number as a key', '5: x', ['error yaml.unreadable 1']],
    ['a timestamp tag', `${ruleWith({})}x: !!binary aGk=`, ['error yaml.syntax 4']],
    ['nothing', '', []],
    ['deep nesting', `title: ${'['.repeat(100)}${']'.repeat(100)}`, ['error yaml.too-deep 1']],
    ['very deep nesting', `title: ${'['.repeat(100_000)}`, ['error yaml.too-deep 1']],
    ['an alias bomb', `a0: &a0 [x]\n${bombs}`, ['error yaml.too-many-nodes 1']],
    ['a circle', 'title: &a [*a]', ['error yaml.too-deep 1']],
    ['keys twice', 'title: a\ntitle: b', ['error yaml.syntax 2']],
  ])('%s', (_, text, expected) => {
    expect(outcome(text)).toEqual(expected);
  });

  test('each bound is an option', () => {
    const text = ruleWith({ detection: `{s: {F|re: 'a{20}', 'G|windash': '-a'}, condition: not (not s)}` });
    const codes = (limits: Partial<Limits>) => loadText(text, { limits }).problems.map(({ code }) => code);
    expect(codes({})).toEqual([]);
    expect(codes({ fileLength: text.length })).toEqual([]);
    expect(codes({ fileLength: text.length - 1 })).toEqual(['yaml.too-long']);
    expect(codes({ depth: 3 })).toEqual([]);
    expect(codes({ depth: 2 })).toEqual(['yaml.too-deep']);
    expect(codes({ nodes: 9 })).toEqual([]);
    expect(codes({ nodes: 8 })).toEqual(['yaml.too-many-nodes']);
    expect(codes({ regexLength: 5 })).toEqual([]);
    expect(codes({ regexLength: 4 })).toEqual(['regex.syntax']);
    expect(codes({ regexSize: 21 })).toEqual([]);
    expect(codes({ regexSize: 20 })).toEqual(['regex.syntax']);
    expect(codes({ expansion: 5 })).toEqual([]);
    expect(codes({ expansion: 4 })).toEqual(['limit.expansion']);
    expect(codes({ conditionDepth: 4 })).toEqual([]);
    expect(codes({ conditionDepth: 3 })).toEqual(['condition.syntax']);
  });

  test('a hundred thousand values load and match', () => {
    const values = Array.from({ length: 100_000 }, (_, index) => `      - 'value ${index}'\n`).join('');
    const text = `title: Long\nlogsource: {product: any}\ndetection:\n  s:\n    F:\n${values}    G|contains:\n${values}  condition: s\n`;
    const started = performance.now();
    const [rule] = loadText(text).rules;
    expect(rule?.matches(eventOf({ F: 'VALUE 99999', G: 'x value 5 x' }))).toBe(true);
    expect(rule?.matches(eventOf({ F: 'value 100000', G: 'value 5' }))).toBe(false);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('a value that nests deeply does not exhaust the stack', () => {
    let nested: unknown = 'x';
    for (let level = 0; level < 100_000; level++) nested = [nested];
    expect(loadText(ruleWith({})).rules[0]?.matches(eventOf({ F: nested }))).toBe(true);
  });
});

describe('rule collections', () => {
  const [SELECT_X, SELECT_Y] = ['detection: {s: {F: x}, condition: s}', 'detection: {s: {F: y}, condition: s}'];
  const titles = (text: string) =>
    loadText(text).rules.map(({ rule }) => `${rule.title} ${rule.level} ${rule.id ?? '-'}`);

  test('global values go to all later rules until reset', () => {
    const text = `action: global\ntitle: G\nlevel: high\nlogsource: {product: any}\n---\n${SELECT_X}\n---\n${SELECT_Y}\n---\naction: reset\n---\n${ruleWith({})}`;
    expect(titles(text)).toEqual(['G high -', 'G high -', 'A rule medium -']);
  });

  test('rules that share the id of a global part are told apart by their content', () => {
    const { rules } = loadText(
      `action: global\ntitle: G\nid: ${ID}\nlogsource: {product: any}\n---\n${SELECT_X}\n---\n${SELECT_Y}`,
    );
    expect(rules.map(({ rule }) => rule.id)).toEqual([ID, ID]);
    expect(rules.map(({ rule }) => rule.uid)).toEqual([ID, expect.stringMatching(/^sha256:/)]);
  });

  test('repeat makes another rule of the one before', () => {
    const { rules } = loadText(`${ruleWith({ level: 'low' })}---\naction: repeat\ntitle: B\ndetection: {s: {G: y}}`);
    expect(rules.map(({ rule }) => `${rule.title} ${rule.level}`)).toEqual(['A rule low', 'B low']);
    expect(rules[1]?.fields).toEqual(['F', 'G']);
  });

  test('a collection ends with its file', () => {
    const set = loadRules([
      { file: 'a.yml', text: 'action: global\nlevel: high' },
      { file: 'b.yml', text: ruleWith({}) },
    ]);
    expect(set.rules[0]?.rule.level).toBe('medium');
  });

  test('an unknown action is rejected', () => {
    expect(outcome(`action: explode\n${ruleWith({})}`)).toEqual(['error collection.action 1']);
  });
});
