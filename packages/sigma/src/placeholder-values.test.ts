import { expect, test } from 'vitest';
import { parsePlaceholders } from './placeholder-values.ts';
import { compileDetection, eventOf } from './testing.ts';

test('values are texts, numbers and booleans, alone or in a list', () => {
  const values = parsePlaceholders('admins: [eve, "%x*", 7, true]\nhost: dc01\n__proto__: a\n');
  expect(values).toEqual(
    Object.fromEntries([
      ['admins', ['eve', '%x*', '7', 'true']],
      ['host', ['dc01']],
      ['__proto__', ['a']],
    ]),
  );
  expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
  const rule = compileDetection("{s: {User|expand: '%admins%'}, condition: s}", { placeholders: { admins: ['eve'] } });
  expect(rule.matches(eventOf({ User: 'EVE' }))).toBe(true);
});

test.each([
  ['', { kind: 'shape' }],
  ['- a', { kind: 'shape' }],
  ['a', { kind: 'shape' }],
  ['a: b\n---\nc: d', { kind: 'shape' }],
  ['a: [', { kind: 'syntax' }],
  ['1: a', { kind: 'syntax' }],
  ['a: [[b]]', { kind: 'values', name: 'a' }],
  ['a: {b: c}', { kind: 'values', name: 'a' }],
  ['a: []', { kind: 'values', name: 'a' }],
  ['a: null', { kind: 'values', name: 'a' }],
  ['"%a%": b', { kind: 'name', name: '%a%' }],
])('%j cannot be used', (text, fault) => {
  expect(parsePlaceholders(text)).toMatchObject(fault);
});
