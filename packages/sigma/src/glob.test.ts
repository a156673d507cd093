import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileGlob } from './glob.ts';
import { ANY, joinParts, ONE, parsePattern, type Part } from './pattern.ts';

const ESCAPED: Readonly<Record<string, string>> = { a: 'a', b: 'b', '😀': '😀', '\n': '\\n' };

/** The same pattern as a regular expression over code points. */
function expressionOf(parts: readonly Part[]): RegExp {
  const source = parts.map((part) =>
    part === ANY ? '.*' : part === ONE ? '.' : Array.from(part, (char) => ESCAPED[char]).join(''),
  );
  return new RegExp(`^${source.join('')}$`, 'su');
}

const letter = fc.constantFrom(...Object.keys(ESCAPED));
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.constantFrom(ANY, ONE),
  fc.string({ unit: letter, minLength: 1, maxLength: 3 }),
);

test('says what a regular expression says', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 7 }), fc.string({ unit: letter, maxLength: 12 }), (parts, text) => {
      const pattern = joinParts(parts);
      expect(compileGlob(pattern)(text)).toBe(expressionOf(pattern).test(text));
    }),
    { numRuns: 10_000, seed: 1 },
  );
});

test('many wildcards over a long text take no long time', () => {
  const glob = compileGlob(parsePattern(`${'*a'.repeat(200)}*b`));
  const started = performance.now();
  expect(glob('a'.repeat(1_000_000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test.each([
  ['a\\*b', ['a*b']],
  ['a\\\\*b', ['a\\', ANY, 'b']],
  ['a\\\\\\*b', ['a\\*b']],
  ['a\\b', ['a\\b']],
  ['a\\\\b', ['a\\b']],
  ['\\\\\\b', ['\\\\b']],
  ['\\\\\\\\', ['\\\\']],
  ['*?', [ANY, ONE]],
  ['', []],
  ['\\', ['\\']],
] as const)('%s is read', (text, parts) => {
  expect(parsePattern(text)).toEqual(parts);
});
