import { expect, it } from 'vitest';
import { plainLine } from './plain-line.ts';

it.each([
  ['a title', 'a title'],
  ['two\r\nBcc: eve@example.org', 'two Bcc: eve@example.org'],
  ['a\u2028b\u2029c\u0085d', 'a b c d'],
  ['\u001b[31mred\u0000', '[31mred'],
  ['exe.\u202efdp', 'exe. fdp'],
  ['half \ud83d of a pair', 'half   of a pair'],
  ['玉衡 😀', '玉衡 😀'],
])('makes %j one plain line', (text, line) => expect(plainLine(text, 100)).toBe(line));

it('holds so many characters, and no half of one', () => {
  expect(plainLine('😀'.repeat(11), 10)).toBe(`${'😀'.repeat(9)}…`);
  expect(plainLine('😀'.repeat(10), 10)).toBe('😀'.repeat(10));
  expect(plainLine('x'.repeat(2 ** 20), 10)).toHaveLength(10);
});
