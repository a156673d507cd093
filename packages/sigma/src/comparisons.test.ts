import { expect, it } from 'vitest';
import { comparisonsOf } from './comparisons.ts';
import { compileDetection, eventOf } from './testing.ts';

const RULE = `{ a: { Image|endswith: cmd.exe, User|fieldref: Owner }, b: [whoami], condition: a and not b }`;

it('takes a rule apart into comparisons that are asked alone, negation left aside', () => {
  const comparisons = comparisonsOf(compileDetection(RULE));
  expect(comparisons.map(({ selection, key, field, otherFields }) => [selection, key, field, otherFields])).toEqual([
    ['a', 'Image|endswith', 'Image', []],
    ['a', 'User|fieldref', 'User', ['Owner']],
    ['b', '', undefined, []],
  ]);
  const asked = (event: { [field: string]: string }): boolean[] =>
    comparisons.map((comparison) => comparison.holds(eventOf(event)));
  expect(asked({ Image: 'C:\\CMD.EXE', User: 'eve', Owner: 'bob' })).toEqual([true, false, false]);
  expect(asked({ Image: 'whoami', User: 'eve', Owner: 'eve' })).toEqual([false, true, true]);
});

it.each([
  ['EventID: [4656, 4663]', ['4656', '4663']],
  ['Name: [a, B]', ['a', 'B']],
  ['Name: [a, b*]', undefined],
  ['Name|startswith: a', undefined],
  ['EventID|gte: 4', undefined],
  ['Name|exists: true', undefined],
])('of %s it knows the values of which the field has to be one: %s', (selection, equals) => {
  const [comparison] = comparisonsOf(compileDetection(`{ s: { ${selection} }, condition: s }`));
  expect(comparison!.equals).toEqual(equals);
});
