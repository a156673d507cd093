import { expect, test } from 'vitest';
import type { Literal } from './literal.ts';
import { piecesIn, piecesInJson, Sieve } from './sieve.ts';

function entries(...texts: string[]): (readonly [Literal, number])[] {
  return texts.map((text, index) => [{ text, atStart: false, atEnd: false }, index]);
}

test.each([
  ['EO.oe.KIWI', true],
  ['eo.oe.\u212aiwi', true],
  ['lsadump::sam', true],
  ['eo.oe', false],
  ['C:\\Windows\\System32\\svchost.exe', false],
])('%s may hold a word: %s', (text, expected) => {
  const words = entries('lsadump::', 'eo.oe.kiwi', 'misc::skeleton');
  expect(Sieve.of(words, piecesIn(words)!).mayHold(text)).toBe(expected);
});

test.each([
  ['{"a":"x lsadump::sam"}', true],
  ['{"a":"k\\u0069wi"}', true],
  ['{"a":"C:\\\\Windows"}', false],
])('the JSON text %s may hold a word: %s', (json, expected) => {
  expect(Sieve.ofJson(piecesInJson(entries('lsadump::', 'kiwi'))!).mayHold(json)).toBe(expected);
});

test('literals tied to an end are tried there', () => {
  const words = [[{ text: 'ente', atStart: true, atEnd: true }, 0] as const, ...entries('dbgcore.dll')];
  const sieve = Sieve.of(words, piecesIn(words)!);
  expect(['Ente', 'patiente', 'x|DBGCORE.DLL+1', ''].map((text) => sieve.mayHold(text))).toEqual([true, false, true, false]);
}); // prettier-ignore

test.each([
  ['common words', ['and']],
  ['what a number may be', ['1e21']],
  ['infinity', ['fini']],
  ['what JSON escapes', ['\\"\\"']],
  ['too many words', Array.from({ length: 1_025 }, (_, index) => `kiwi${index}`)],
  ['words with nothing in common', [...'zxqjvwkypgbfmuhld'].map((letter) => letter.repeat(5))],
])('there is none over JSON for %s', (_, words) => {
  expect(piecesInJson(entries(...words))).toBeUndefined();
});
