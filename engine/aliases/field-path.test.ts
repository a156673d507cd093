import { expect, it } from 'vitest';
import { newFields } from '../record.ts';
import { descend, fieldAt, MAX_KNOWN, scalarAt } from './field-path.ts';

const fields = Object.assign(newFields(), { 'a.b': 'whole', a: { b: 'below', c: { d: 1 } }, o: { toString: 1 } });

it('reads a name with dots whole, else as a path', () => {
  expect(['a.b', 'a.c.d', 'a.x', 'a.b.c', 'x'].map((name) => fieldAt(fields, name))).toEqual([
    'whole',
    1,
    undefined,
    undefined,
    undefined,
  ]);
});

it('leads through arrays into each of their elements', () => {
  const value = Object.assign(newFields(), {
    list: [{ n: 'one' }, { m: 1 }, { n: null }, 'text', [{ n: ['two', 'three'] }]],
    none: [{ m: 1 }, 2],
    empty: [],
  });
  expect(['list.n', 'list.n.x', 'none.n', 'empty.n', 'list.length'].map((name) => fieldAt(value, name))).toEqual([
    ['one', null, 'two', 'three'],
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

it('takes only scalars for text, whatever an object calls itself', () => {
  expect(['a.c.d', 'o', 'a', 'x'].map((name) => scalarAt(fields, name))).toEqual([
    '1',
    undefined,
    undefined,
    undefined,
  ]);
});

it('remembers a bounded number of paths, and still reads right beyond it', () => {
  for (let number = 0; number <= MAX_KNOWN; number++) descend(fields, `a.n${number}`);
  expect(descend(fields, 'a.c.d')).toBe(1);
});
