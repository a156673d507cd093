import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.ts';
import { corpusFolder, filesBelow } from '../testing.ts';
import { readBlockYaml } from './block-yaml.ts';
import { meaning, parseWholeYaml } from './yaml.ts';

const quick = (text: string) => readBlockYaml(text, { meaning, depth: DEFAULT_LIMITS.depth });
const whole = (text: string) => parseWholeYaml(text, DEFAULT_LIMITS);

/** What only a whole reader reads, or refuses. */
const LEFT: readonly (readonly [what: string, text: string])[] = [
  ['nothing', ''],
  ['a comment alone', '# a'],
  ['a text alone', 'a'],
  ['a flow list', 'a: [b]'],
  ['a flow map', 'a: {b: c}'],
  ['an anchor', 'a: &b c'],
  ['an alias', 'a: *b'],
  ['a tag', 'a: !!str 5'],
  ['a directive', '%YAML 1.2\n---\na: b'],
  ['a key in question', '? a\n: b'],
  ['a text over lines', 'a: b\n  c'],
  ['a text over lines in a list', '- a\n  b'],
  ['a text below its key', 'a:\n  b'],
  ['quotes over lines', "a: 'b\n  c'"],
  ['an escape', 'a: "b\\n"'],
  ['a folded block', 'a: >\n  b\n'],
  ['a block that keeps its end', 'a: |+\n  b\n'],
  ['a block whose indent is given', 'a: |2\n  b\n'],
  ['a block without a last line feed', 'a: |\n  b'],
  ['a block of nothing', 'a: |\nb: c'],
  ['a block that moves out', 'a: |\n    b\n  c\n'],
  ['blanks before the margin of a block', 'a: |\n    \n  b\n'],
  ['a key that is no text', '5: a'],
  ['a merge key', '<<: a'],
  ['a key twice', 'a: b\na: c'],
  ['a pair in a pair', 'a: b: c'],
  ['a list behind a key', 'a: - b'],
  ['lines further in', 'a: b\n  c: d'],
  ['lines further out', '  a: b\nc: d'],
  ['something behind quotes', "a: 'b' c"],
  ['a comment in a key', 'a #b: c'],
  ['a text with a reserved beginning', 'a: @b'],
  ['a document behind its mark', '--- a'],
  ['the end of documents', 'a: b\n...\n'],
  ['a tab', 'a:\tb'],
  ['a carriage return', 'a: b\r\nc: d'],
  ['a character beyond the basic plane', 'a: 😀'],
  ['half a character', 'a: \ud800'],
  ['a blank that YAML does not know', 'a: b\u3000'],
  ['a byte order mark', '\ufeffa: b'],
];

const READ: readonly (readonly [what: string, text: string])[] = [
  ['a map', 'a: b\n"c d": e\n\'f: g\': h'],
  ['a list', '- a\n-   b\n-\n- - c\n  - d'],
  ['lists of maps', 'a:\n  - b: c\n    d: e\n  -\n    f: g\n  - h:\n    - i'],
  ['a list as far in as its key', 'a:\n- b\n- c\nd: e'],
  ['nothing as a value', 'a:\nb: # c\nd: ~'],
  ['comments', '# a\nb: c # d\n  # e\nf: g#h\n- '.slice(0, -2)],
  [
    'words that are no texts',
    'a: 5\nb: -1.5e-3\nc: true\nd: 0x1F\ne: .inf\nf: 007\ng: 12345678901234567890\nh: NULL\ni: .NaN',
  ],
  ['words that are', 'a: 2024-01-01\nb: 1-2\nc: yes\nd: nothing\ne: -x\nf: ?x\ng: :x\nh: 1.2.3.4\ni: --'],
  ['quotes', `a: 'it''s: #1' # b\nc: "d: 'e'"\nf: ''\ng: ""\nh: '5'`],
  ['blocks', 'a: |\n  b\n\n    c: d\n  # e\n\n\nf: |-\n   g\n\nh:\n  - |\n    i\n  - j'],
  ['documents', '---\na: b\n---\n---\nc: d\n---\n'],
  ['other writing', 'a: 你好\nb: ä\nc: ü – ☃'],
  ['dangerous keys', '__proto__: a\nconstructor: b'],
];

it.each(LEFT)('leaves %s to a whole reader', (_, text) => expect(quick(text)).toBeUndefined());
it.each(READ)('reads %s as a whole reader does', (_, text) => {
  expect(quick(text)).toBeDefined();
  expect(quick(text)).toEqual(whole(text));
});

it('leaves what nests too deeply', () => {
  expect(readBlockYaml('a:\n  b:\n    c: d', { meaning, depth: 3 })).toBeDefined();
  expect(readBlockYaml('a:\n  b:\n    c: d', { meaning, depth: 2 })).toBeUndefined();
  expect(quick('- '.repeat(100_000))).toBeUndefined();
});

const PIECES = [
  'a',
  'b: ',
  ': ',
  ':',
  '- ',
  '-',
  '\n',
  '\n',
  '\n  ',
  '\n    ',
  ' ',
  "'",
  '"',
  '#',
  ' #',
  '|',
  '|-',
  '---',
  '5',
  'true',
  '~',
  "''",
  '\\',
  '?',
  '<<',
  '.',
  'é',
  '…',
];

it('answers as a whole reader does wherever it answers', () => {
  let answered = 0;
  const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((pieces) => pieces.join(''));
  const check = (content: string): void => {
    const read = quick(content);
    if (read === undefined) return;
    answered++;
    expect(whole(content)).toEqual(read);
  };
  fc.assert(fc.property(text, check), { numRuns: 20_000, seed: 1 });
  expect(answered).toBeGreaterThan(1_000);
});

const corpus = corpusFolder('sigma');
describe.skipIf(!corpus)('the rules of SigmaHQ', () => {
  const texts = corpus ? filesBelow(corpus, '.yml').map(({ text }) => text) : [];

  it('are read so, but for one in thirty, and as a whole reader does', () => {
    const left = texts.filter((text) => {
      const read = quick(text);
      if (read !== undefined) expect(whole(text)).toEqual(read);
      return read === undefined;
    });
    console.info(`Rules of SigmaHQ read as block YAML: ${texts.length - left.length} of ${texts.length}`);
    expect(left.length).toBeLessThan(texts.length / 30);
  });

  it('are read as a whole reader does when they are cut, torn and mixed', () => {
    const place = fc.nat({ max: 5_000 });
    const torn = fc.tuple(fc.constantFrom(...texts), place, place, fc.constantFrom('', ...PIECES));
    const check = ([text, from, length, piece]: readonly [string, number, number, string]): void => {
      const content = text.slice(0, from) + piece + text.slice(from + (length % 20));
      const read = quick(content);
      if (read !== undefined) expect(whole(content)).toEqual(read);
    };
    fc.assert(fc.property(torn, check), { numRuns: 3_000, seed: 2 });
  });
});
