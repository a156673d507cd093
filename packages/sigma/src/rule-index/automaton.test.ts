import { expect, test } from 'vitest';
import { Alphabet, MAX_CLASSES } from './alphabet.ts';
import { Automaton } from './automaton.ts';
import { entriesOf, listOf } from './literal-list.ts';
import type { Literal } from './literal.ts';
import { Signals } from './signals.ts';

const WORDS: readonly Literal[] = [
  { text: '', atStart: false, atEnd: false },
  { text: '', atStart: true, atEnd: true },
  { text: 'he', atStart: false, atEnd: false },
  { text: 'she', atStart: true, atEnd: false },
  { text: 'hers', atStart: false, atEnd: true },
  { text: 'hers', atStart: true, atEnd: true },
  { text: 'aa', atStart: false, atEnd: false },
  { text: '\ud801\udc28', atStart: false, atEnd: false },
];
const TEXTS = ['', 'he', 'SHE', 'ushers', 'ſhers', 'hers', 'HERS', 'aaaa', 'xa\0ax', '\ud801\udc00', '\ud801', 'ˢhe'];

function expected(text: string): number[] {
  const folded = text.replace('ſ', 's').replace('\ud801\udc00', '\ud801\udc28').toLowerCase();
  return WORDS.flatMap(({ text: word, atStart, atEnd }, signal) => {
    const starts = !atStart || folded.startsWith(word);
    const ends = !atEnd || folded.endsWith(word);
    const whole = !(atStart && atEnd) || folded === word;
    return folded.includes(word) && starts && ends && whole ? [signal] : [];
  });
}

function found(automaton: Automaton, signals: Signals, text: string): number[] {
  signals.next();
  automaton.scan(text, signals);
  return [...WORDS.keys()].filter((signal) => signals.has(signal));
}

function automatonOf(maxRows?: number): Automaton {
  return new Automaton(listOf(WORDS.map((word, signal) => [word, signal] as const)), maxRows);
}

// Few rows force the table to be begun anew within a text.
test.each([undefined, 4, 6])('finds every literal where it is tied to, with %s rows', (maxRows) => {
  const automaton = automatonOf(maxRows);
  const signals = new Signals(WORDS.length, 0);
  for (let round = 0; round < 3; round++)
    for (const text of TEXTS) expect([text, found(automaton, signals, text)]).toEqual([text, expected(text)]);
});

test('a list of literals tells them again, those that end sooner first', () => {
  const entries = entriesOf(listOf(WORDS.map((word, signal) => [word, signal] as const)));
  expect(entries).toEqual([0, 1, 5, 3, 6, 2, 4, 7].map((signal) => [WORDS[signal], signal]));
});

test('says whether a text is more than ASCII', () => {
  const signals = new Signals(WORDS.length, 0);
  expect(['ab', 'aé', ''].map((text) => automatonOf().scan(text, signals))).toEqual([false, true, false]);
});

test('an alphabet has a bound', () => {
  const units = Array.from({ length: MAX_CLASSES }, (_, index) => 0x4e00 + index);
  expect(() => new Alphabet(units)).toThrow(RangeError);
});

test('epochs begin anew', () => {
  const signals = new Signals(WORDS.length, 0, 3);
  const over = [1, 2, 3, 4].map(() => signals.next());
  expect(over).toEqual([false, false, false, true]);
  expect(signals.has(0)).toBe(false);
});
