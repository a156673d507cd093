import { expect, it } from 'vitest';
import { choose, type Choice } from './choices.ts';

const choice = (name: string): Choice => ({ key: name, name, run: () => {} });
const groups = [
  { title: 'Pages', choices: [choice('Incidents'), choice('日志检索')] },
  { title: 'Settings', choices: [choice('Dark')] },
];

it.each<[string, string[][]]>([
  ['', [['Incidents', '日志检索'], ['Dark']]],
  [' INC ', [['Incidents']]],
  ['检索', [['日志检索']]],
  ['d', [['Incidents'], ['Dark']]],
  ['nothing', []],
])('%j chooses %j', (text, names) =>
  expect(choose(groups, text).map(({ choices }) => choices.map(({ name }) => name))).toEqual(names),
);
