import { describe, expect, test } from 'vitest';
import { compileDetection, eventOf, loadText, problemOf, ruleText } from './testing.ts';

describe('selections', () => {
  test.each([
    ['{s: {A: x, B: y}, condition: s}', { A: 'x', B: 'y' }, true],
    ['{s: {A: x, B: y}, condition: s}', { A: 'x' }, false],
    ['{s: [{A: x}, {B: y}], condition: s}', { B: 'y' }, true],
    ['{s: [{A: x, C: z}, {B: y}], condition: s}', { A: 'x' }, false],
    ['{s: [{A: x}, word], condition: s}', { B: 'a word here' }, true],
    ['{s: [[{A: x}], {B: y}], condition: s}', { A: 'x' }, true],
    ['{s: {__proto__: x, constructor: y}, condition: s}', { constructor: 'y' }, false],
    ['{__proto__: {A: x}, condition: __proto__}', { A: 'x' }, true],
  ] as const)('%s on %j is %s', (detection, event, expected) => {
    expect(compileDetection(detection).matches(eventOf(event))).toBe(expected);
  });
});

describe('keywords', () => {
  const event = eventOf({ A: 'The Quick fox', B: 'lazy 4711 dog', C: 5 });
  test.each([
    ["['quick', 'nothing']", true],
    ["['nothing']", false],
    ["'QUICK'", true],
    ["['qu*fox']", true],
    ["['fox*dog']", false],
    ['[4711]', true],
    ["{'|all': ['fox', 'dog']}", true],
    ["{'|all': ['fox', 'cat']}", false],
    ["{'|cased': 'quick'}", false],
    ["{'|cased': 'Quick'}", true],
    ["{'|re': 'lazy \\d{4}'}", true],
    ["{'|re': '^dog'}", false],
    ["{'|startswith': 'lazy'}", true],
    ["{'|startswith': 'dog'}", false],
    ["{'|endswith': 'dog'}", true],
    ["{'|contains|all': ['quick', '4711']}", true],
    ["{'|neq': 'quick'}", false],
  ])('%s is %s', (keywords, expected) => {
    const rule = compileDetection(`{keywords: ${keywords}, condition: keywords}`);
    expect(rule.matches(event)).toBe(expected);
    expect(rule.readsText).toBe(true);
    expect(rule.fields).toEqual([]);
  });
});

describe('conditions', () => {
  const SELECTIONS = 'a: {F: a}, b: {F: b}, c: {F: c}, sel_1: {G: x}, sel_2: {H: x}, _hidden: {H: y}';
  test.each([
    ['a or b and c', { F: 'a' }, true],
    ['(a or b) and c', { F: 'a' }, false],
    ['not a and b', { F: 'b' }, true],
    ['not (a and b)', { F: 'a' }, true],
    ['not not a', { F: 'a' }, true],
    ['not a', {}, true],
    ['a and not 1 of sel_*', { F: 'a', G: 'x' }, false],
    ['a and not all of sel_*', { F: 'a', G: 'x' }, true],
    ['all of sel_*', { G: 'x', H: 'x' }, true],
    ['1 of sel_*', { H: 'x' }, true],
    ['any of sel_*', { H: 'x' }, true],
    ['1 of s*_2', { H: 'x' }, true],
    ['1 of sel_1', { G: 'x' }, true],
    ['1 of them', { H: 'x' }, true],
    ['1 of them', { H: 'y' }, false],
    ['1 of _*', { H: 'y' }, true],
    ['all of them', { F: 'a', G: 'x', H: 'x' }, false],
    ['[a, sel_1]', { G: 'x' }, true],
    ['[a, sel_1]', { F: 'a' }, true],
    ['[a, sel_1]', { F: 'b' }, false],
  ] as const)('%s on %j is %s', (condition, event, expected) => {
    expect(
      compileDetection(
        `{${SELECTIONS}, condition: ${condition.startsWith('[') ? condition : `'${condition}'`}}`,
      ).matches(eventOf(event)),
    ).toBe(expected);
  });

  test.each(['notes', 'android', 'order-1', '1', 'of_', 'them'])('a selection may be called %s', (name) => {
    expect(compileDetection(`{'${name}': {F: a}, condition: '${name}'}`).matches(eventOf({ F: 'a' }))).toBe(true);
  });

  test.each([
    ['a and', 'condition.syntax'],
    ['a b', 'condition.syntax'],
    ['(a', 'condition.syntax'],
    ['a)', 'condition.syntax'],
    ['and a', 'condition.syntax'],
    ['not', 'condition.syntax'],
    ['', 'condition.syntax'],
    ['a & b', 'condition.syntax'],
    ['a AND b', 'condition.syntax'],
    ['a | count() > 5', 'condition.syntax'],
    ['2 of them', 'condition.syntax'],
    ['1 of', 'condition.syntax'],
    ['1 of (a)', 'condition.syntax'],
    ['missing', 'condition.unknown-selection'],
    ['1 of missing*', 'condition.unknown-selection'],
    [`${'not '.repeat(64)}a`, 'condition.syntax'],
    [`${'('.repeat(65)}a${')'.repeat(65)}`, 'condition.syntax'],
  ])('%s: %s', (condition, code) => {
    expect(problemOf(`{a: {F: a}, b: {F: b}, condition: '${condition}'}`)).toBe(code);
  });

  test('a hundred thousand operands are no nesting', () => {
    const condition = Array.from({ length: 100_000 }, () => 'a').join(' or ');
    expect(compileDetection(`{a: {F: a}, condition: '${condition}'}`).matches(eventOf({ F: 'a' }))).toBe(true);
  });

  test.each([
    ['{a: {F: a}}', 'condition.missing'],
    ['{a: {F: a}, condition: []}', 'condition.missing'],
    ['{a: {F: a}, condition: 5}', 'condition.syntax'],
    ['{a: {F: a}, condition: [a, {}]}', 'condition.syntax'],
    ['5', 'detection.missing'],
  ])('%s: %s', (detection, code) => {
    expect(problemOf(detection)).toBe(code);
  });
});

test('warnings leave the rule loaded', () => {
  const { rules, problems } = loadText(ruleText('{a: {F|all: [x], G: [], H: [1, null]}, b: {F: b}, condition: a}'));
  expect(rules).toHaveLength(1);
  expect(problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    'warning modifier.all-single',
    'warning value.empty-list',
    'warning value.null-in-list',
    'warning detection.unused',
  ]);
});
