import { expect, it } from 'vitest';
import { JsonLines } from '../bytes/json-lines.ts';
import type { TextSlice } from '../types.ts';
import { MAX_ARENA, MAX_VALUE_LENGTH, MAX_VALUES, ValueMemo } from './value-memo.ts';

const lines = JsonLines.open()!;

/** A text in the machine's memory, until the next one. */
function slice(text: string): TextSlice {
  const bytes = Buffer.from(JSON.stringify({ a: text }));
  lines.load(bytes);
  return lines.read(0, bytes.length)!.slice!('a')!;
}

const WAYS = [
  ['texts', (memo: ValueMemo, text: string) => memo.ofText(text)],
  ['bytes', (memo: ValueMemo, text: string) => memo.ofBytes(slice(text))],
] as const;

it.each(WAYS)('knows %s again, and forgets what literals said when it is told to', (_, find) => {
  const memo = new ValueMemo();
  for (const text of ['', 'a', 'sixteen letters!', 'sixteen letters?', 'x'.repeat(MAX_VALUE_LENGTH)]) {
    const known = find(memo, text)!;
    known.signals = [text.length];
    expect(known.answer(1, undefined, () => true)).toBe(true);
    expect(find(memo, text)).toBe(known);
    memo.forgetSignals();
    expect(find(memo, text)).toBe(known);
    expect(known.signals).toBeUndefined();
    expect(known.answer(1, undefined, () => false)).toBe(true);
  }
  expect(find(memo, 'x'.repeat(MAX_VALUE_LENGTH + 1))).toBeUndefined();
});

it.each(WAYS)('holds so many %s, then begins anew', (_, find) => {
  const memo = new ValueMemo();
  const first = find(memo, 'first');
  for (let value = 1; value < MAX_VALUES; value++) {
    find(memo, `${value}`);
    expect(find(memo, `${value}`)).toBeDefined();
  }
  expect(find(memo, 'first')).toBe(first);
  find(memo, 'one more');
  expect(find(memo, 'first')).not.toBe(first);
});

it('holds so many bytes', () => {
  const memo = new ValueMemo();
  const long = (value: number): string => String(value).padEnd(MAX_VALUE_LENGTH, 'x');
  const first = memo.ofBytes(slice(long(0)));
  for (let value = 1; value < MAX_ARENA / MAX_VALUE_LENGTH; value++) memo.ofBytes(slice(long(value)));
  expect(memo.ofBytes(slice(long(0)))).toBe(first);
  memo.ofBytes(slice('one more'));
  expect(memo.ofBytes(slice(long(0)))).not.toBe(first);
});

it('rests where values seldom come again, and looks again later', () => {
  const memo = new ValueMemo();
  let known = 0;
  for (let value = 0; value < 20_000; value++) if (memo.ofText(`${value}`)) known++;
  expect(known).toBeLessThan(3_000);
  for (let value = 0; value < 20_000; value++) memo.ofText('again');
  expect(memo.ofText('again')).toBeDefined();
});

it('remembers what was answered beside the other value that was met last', () => {
  const memo = new ValueMemo();
  const [one, other, third] = ['one', 'other', 'third'].map((text) => memo.ofText(text)!);
  expect(one!.answer(1, other, () => true)).toBe(true);
  expect(one!.answer(1, other, () => false)).toBe(true);
  expect(one!.answer(1, third, () => false)).toBe(false);
  expect(one!.answer(1, undefined, () => true)).toBe(true);
});
