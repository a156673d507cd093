import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { disagreement, minimal, rulesOf, type Case } from './case.ts';
import { fuzzRound } from './fuzz.ts';
import { isLeftRightly } from './parsed-line.ts';
import { Texts } from './pieces.ts';
import { RandomLines } from './random-lines.ts';
import { randomRules } from './random-rules.ts';
import { Random } from './random.ts';
import { ThreePaths } from './three-paths.ts';

const setting = { constants: [], sharesIndex: false, tellsJson: true };

const corpus = new URL('corpus/', import.meta.url);

it.each(readdirSync(corpus))('no longer disagrees: %s', (name) => {
  expect(disagreement(JSON.parse(readFileSync(new URL(name, corpus), 'utf8')) as Case)).toBeUndefined();
});

describe('rules on three paths', () => {
  it('agree about lines of every kind', () => {
    const asked = { events: 0, damaged: 0, left: 0, matches: 0 };
    for (let seed = 0; seed < 12; seed++) {
      const round = fuzzRound(seed);
      expect(round.found).toBeUndefined();
      for (const what of Object.keys(asked) as (keyof typeof asked)[]) asked[what] += round.asked[what];
    }
    expect(asked.events).toBeGreaterThan(5_000);
    expect(Math.min(asked.damaged, asked.left, asked.matches)).toBeGreaterThan(20);
  });

  it.each([
    ['index', { matches: () => true }, /^index: \[\] instead of \[0\]$/],
    [
      'error',
      {
        matches: () => {
          throw new Error('bent');
        },
      },
      /^thrown: Error: bent/,
    ],
  ])('are told apart where one is bent: %s', (_, bent, what) => {
    const [rule] = rulesOf([
      '{title: t, id: "0", logsource: {product: p}, detection: {s: {A: x}, condition: s}}',
    ]).rules;
    const lines = ['{"A":"x"}', '{"A":"y"}'].map((line) => Buffer.from(line));
    expect(new ThreePaths([rule!], setting).ask(lines)).toBeUndefined();
    const difference = new ThreePaths([{ ...rule!, ...bent }], setting).ask(lines);
    expect(difference?.what).toMatch(what);
  });

  it('are made by the seed alone', () => {
    const made = (seed: number): unknown => {
      const random = new Random(seed);
      const texts = new Texts(random);
      const lines = new RandomLines(random, texts, ['A']);
      return [randomRules(random, texts), Array.from({ length: 40 }, () => lines.next().toString('hex'))];
    };
    expect(made(7)).toEqual(made(7));
    expect(made(7)).not.toEqual(made(8));
  });
});

it('makes a case as small as it can be', () => {
  const whole: Case = {
    setting,
    rules: Array.from({ length: 9 }, (_, number) => `rule ${number}`),
    lines: Array.from({ length: 70 }, (_, number) => `a line with the number ${number}`),
  };
  const differs = ({ rules, lines }: Case): string | undefined =>
    rules.includes('rule 3') && lines.at(-1)?.includes('9') && lines.length > 31 ? 'differs' : undefined;
  const { rules, lines } = minimal(whole, differs);
  expect(rules).toEqual(['rule 3']);
  expect([lines.length, lines.at(-1)]).toEqual([32, '9']);
});

it.each([
  ['an escape in a value', '{"a":"\\u0041"}', false],
  ['an escape in a name', '{"\\u0041":"a"}', true],
  ['an escaped quote in the name of an inner object', '{"a":{"\\"":1}}', false],
  ['an escaped quote in a name, and a space', '{"a":1,"\\"" : 1}', true],
  ['as many levels as are read', `{"a":${'['.repeat(199)}${']'.repeat(199)}}`, false],
  ['one level more', `{"a":${'['.repeat(200)}${']'.repeat(200)}}`, true],
])('knows whether a line may be left to JSON.parse: %s', (_, line, is) => {
  expect(isLeftRightly(line)).toBe(is);
});
