import { expect, test } from 'vitest';
import { fold, foldCode } from './fold.ts';

test('folds exactly what the engine holds for equal without case', () => {
  // ECMAScript defines /iu by simple case folding. Code points that the engine at hand does not know yet are left out.
  const classes = new Map<number, number[]>();
  for (let code = 0; code <= 0x10ffff; code++) {
    if (!/\p{Changes_When_Casemapped}/u.test(String.fromCodePoint(code))) continue;
    classes.set(foldCode(code), [...(classes.get(foldCode(code)) ?? []), code]);
  }
  expect(classes.size).toBeGreaterThan(1_300);
  for (const [target, codes] of classes) {
    for (const code of codes) {
      const equal = new RegExp(`^\\u{${code.toString(16)}}$`, 'iu').test(String.fromCodePoint(target));
      expect([code, equal]).toEqual([code, true]);
    }
  }
});

test('keeps apart what the engine keeps apart', () => {
  for (const [left, right] of [
    ['ß', 'ss'],
    ['İ', 'i'],
    ['ı', 'i'],
    ['ﬁ', 'fi'],
    ['é', 'e'],
  ] as const) {
    expect(fold(left)).not.toBe(fold(right));
  }
});

test.each([
  ['HELLO', 'hello'],
  ['ẞ', 'ß'],
  ['Kſ', 'ks'],
  ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
  ['😀𐐀', '😀𐐨'],
  ['\ud800A', '\ud800a'],
])('%s and %s are equal', (left, right) => {
  expect(fold(left)).toBe(fold(right));
});

test('is done after one pass, and keeps the length in code points', () => {
  const wrong: number[] = [];
  for (let code = 0x41; code < 0x1_f000; code++) {
    const folded = fold(String.fromCodePoint(code));
    if (Array.from(folded).length !== 1 || fold(folded) !== folded) wrong.push(code);
  }
  expect(wrong).toEqual([]);
});
