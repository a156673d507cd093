import { expect, it } from 'vitest';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** Every text with its path. */
function textsOf(part: object, path = ''): [string, string][] {
  return Object.entries(part).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' ? [[`${path}${name}`, value]] : textsOf(value as object, `${path}${name}.`),
  );
}

const blanks = (text: string): string[] =>
  (text.match(/\{\{\w+\}\}/g) ?? []).filter((blank) => blank !== '{{count}}').sort();

it('says the same in both languages: each text is there, with the same blanks to fill', () => {
  const chinese = new Map(textsOf(zhCN));
  const english = textsOf(en);
  expect(english.length).toBeGreaterThan(100);
  expect(
    english.filter(([path, text]) => !chinese.get(path) || `${blanks(text)}` !== `${blanks(chinese.get(path)!)}`),
  ).toEqual([]);
});
