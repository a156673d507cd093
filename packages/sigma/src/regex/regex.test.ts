import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caseVariants } from '../fold.ts';
import { compileRE2, compileRegex, compileV8, trim } from './compile.ts';
import { NO_FLAGS } from './flags.ts';
import { isLinear } from './linear.ts';
import { parseRegex, RegexError } from './parse.ts';

const OPTIONS = { flags: NO_FLAGS, anchoredStart: false, anchoredEnd: false, maxLength: 4_096, maxSize: 5_000 };

const compile = (source: string, options = {}) => compileRegex(source, { ...OPTIONS, ...options });

describe('the language', () => {
  test.each([
    ['abc', 'xabcx', true],
    ['a|b|', '', true],
    ['^(a|bc)+$', 'abca', true],
    ['^(?:a|bc)+$', 'abcb', false],
    ['^(?<name>a)(?P<other>b)$', 'ab', true],
    ['a{2}', 'aa', true],
    ['^a{2,3}$', 'aaaa', false],
    ['^a{2,}$', 'aaaa', true],
    ['a{,2}', 'a{,2}', true],
    ['{a}', '{a}', true],
    ['^[]a]+$', ']a', true],
    ['^[^]a]$', 'b', true],
    ['^[a-]$', '-', true],
    ['^[\\d-x]+$', '1-x', true],
    ['^[+--]$', ',', true],
    ['[\\b]', '\b', true],
    ['\\bfoo\\b', 'a foo b', true],
    ['\\Bfoo', 'afoo', true],
    ['\\Bfoo', 'foo', false],
    ['\\A\\d\\D\\w\\W\\s\\S\\z', '1a_- x', true],
    ['^\\x41\\x{1F600}\\t\\-\\/$', 'A😀\t-/', true],
    ['^.$', '😀', true],
    ['^.$', '\u2028', true],
    ['^.$', '\n', false],
    ['^[^a]$', '\ud83d', true],
    ['\\s', '\u00a0', false],
    ['\\s', '\v', true],
    ['\\w', 'é', false],
    ['^\\v+[^\\V]$', '\n\x85\u2028', true],
    ['\\V', '\v\r', false],
    ['^\\07[\\012]\\0$', '\x07\n\0', true],
    ['^\\08$', '\x008', true],
    ['a$', 'a\n', false],
    ['(?i)äß', 'ÄẞX', true],
    ['a(?i)b|c', 'aB', true],
    ['a(?i)b|c', 'C', true],
    ['a(?i:b)c', 'aBC', false],
    ['(?i:a(?-i)b)', 'AB', false],
    ['(?s).', '\n', true],
    ['(?m)^b$', 'a\nb\nc', true],
    ['(?m)^b$', 'a\rb', false],
    ['(?i)[k-l]', '\u212a', true],
    ['(?i)[^k]', '\u212a', false],
    ['(?i)\\w', '\u017f', false],
    ['(^a|b$)c?', 'xb', true],
    ['()*', '', true],
    ['\\$\\{`?e`?n`?v`?:', '${env:', true],
  ])('%s on %j is %s', (source, text, expected) => {
    expect(compile(source)(text)).toBe(expected);
    expect(compileRE2(parseRegex(source, NO_FLAGS))(text)).toBe(expected);
  });

  test.each([
    '(?=a)',
    '(?!a)',
    '(?<=a)',
    '(?<!a)',
    '(a)\\1',
    'a++',
    'a*+',
    '(?>a)',
    '\\p{L}',
    '[[:alpha:]]',
    '\\Qa',
    'a{1001}',
    '(?R)',
    '(?#x)',
  ])('%s is not supported', (source) => {
    expect(() => compile(source)).toThrow(expect.objectContaining({ unsupported: true }));
  });

  test.each([
    '(a',
    'a)',
    '[a',
    '*a',
    'a**',
    'a{3,2}',
    '^*',
    '[z-a]',
    'a\\',
    '\\x{110000}',
    '(?i',
    '('.repeat(101) + ')'.repeat(101),
  ])('%s is malformed', (source) => {
    expect(() => compile(source)).toThrow(RegexError);
  });
});

describe('bounds', () => {
  test('of length', () => {
    expect(() => compile('a'.repeat(4_097))).toThrow('the bound is 4096');
    expect(compile('a'.repeat(4_096))('a')).toBe(false);
  });

  test('of the engine', () => {
    expect(() => compile('(?:.{0,300}a){4}b')).toThrow(expect.objectContaining({ unsupported: true }));
    // Just within it, an expression is compiled when it is first asked, and that does not fail.
    expect(['aaaab', 'aaab'].map(compile('(?:.{0,250}a){4}b'))).toEqual([true, false]);
  });

  test('of size, with repetitions written out', () => {
    expect(() => compile('(a{100}){100}')).toThrow('the bound is 5000');
    expect(compile('(a{90}){50}')('a'.repeat(4_500))).toBe(true);
  });
});

describe('linearity', () => {
  test.each([
    'abc',
    'net\\s+user',
    '^C:\\\\Users\\\\[^\\\\]+\\\\NTUSER\\.DAT$',
    '\\s-[FTd]\\s',
    '[0-9]{1,3}\\.[0-9]{1,3}',
    '^[A-Za-z0-9]{16}$',
    '(a|b)c',
    'x[a-w]*$',
    'a\\s*',
  ])('%s is proved', (source) => {
    expect(isLinear(parseRegex(source, NO_FLAGS))).toBe(true);
  });

  test.each([
    '(a+)+$',
    '^(a+)+$',
    'a*a*b',
    '\\s+x',
    '.*x',
    'a.*b.*c',
    '(a|a)*b',
    '(?:a?){30}a{30}',
    '(.*)=(.*)',
    'x\\w+\\b',
    'a[a-c]+d',
    '(?m)^a',
    '.{1,64}-.{1,64}x',
    '(x+x+)+y',
    '[^/]{100,}$',
    '(a|b|ab)+c',
  ])('%s is not proved', (source) => {
    expect(isLinear(parseRegex(source, NO_FLAGS))).toBe(false);
  });

  test.each([
    '^(a+)+$',
    '(x+x+)+y',
    '(a|aa)+$',
    '(.*a){20}',
    '.*.*.*=.*',
    '(\\s*\\w*)*!',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
  ])('%s does not hang', (source) => {
    const search = compile(source);
    const started = performance.now();
    for (const unit of ['a', 'x', ' ', 'a ']) search(unit.repeat(5_000) + '#');
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

const expression: fc.Arbitrary<string> = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\w', '\\s', ' ', 'k', '\\b', '^', '$', '[^\\n]'),
    fc.tuple(tie('node'), tie('node')).map(([left, right]) => `${left as string}${right as string}`),
    fc.tuple(tie('node'), tie('node')).map(([left, right]) => `(?:${left as string}|${right as string})`),
    fc
      .tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{2,}', '*?'))
      .map(([inner, count]) => `(?:${inner as string})${count}`),
    fc
      .tuple(fc.constantFrom('a', 'b', '[bc]', '\\s', '[^ ]'), fc.constantFrom('*', '+', '{1,2}'))
      .map((pair) => pair.join('')),
  ),
})).node as fc.Arbitrary<string>;

const subject = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', 'k', 'K', '\u212a', ' ', '\n', '😀', '\ud83d', '\u2028'),
});

test('both engines give the same answer', () => {
  fc.assert(
    fc.property(expression, subject, fc.boolean(), (source, text, ignoreCase) => {
      const node = parseRegex(source, { ...NO_FLAGS, ignoreCase });
      expect(compileV8(node)(text)).toBe(compileRE2(node)(text));
      expect(compileV8(trim(node))(text)).toBe(compileRE2(node)(text));
    }),
    { numRuns: 5_000, seed: 1 },
  );
});

test('both engines know the same case variants of letters', () => {
  const others = [...caseVariants().keys(), ...Array.from({ length: 0x80 }, (_, code) => code)];
  for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
    const node = parseRegex(`${letter}1`, { ...NO_FLAGS, ignoreCase: true });
    const [v8, re2] = [compileV8(node), compileRE2(node)];
    const apart = others.map((code) => `${String.fromCodePoint(code)}1`).filter((text) => v8(text) !== re2(text));
    expect([letter, apart]).toEqual([letter, []]);
  }
});

test('what is proved linear takes time in proportion to the text', () => {
  // Counting is not possible inside the engine; twenty times the text has to stay far from four hundred times the time.
  const proved = fc
    .sample(expression, { numRuns: 2_000, seed: 2 })
    .filter((source) => isLinear(parseRegex(source, NO_FLAGS)));
  expect(proved.length).toBeGreaterThan(100);
  const started = performance.now();
  for (const source of proved) {
    const search = compileV8(parseRegex(source, NO_FLAGS));
    for (const unit of ['a', 'b', ' ', 'ab', 'a b']) search(unit.repeat(20_000));
  }
  expect(performance.now() - started).toBeLessThan(60_000);
});

describe('open ends', () => {
  const ENDS = [
    '.{3,}',
    '.*ab',
    'ab.*',
    'a+',
    '(?:ab)*c+',
    '^a*b',
    'a*$',
    'x?a{2,5}',
    '\\w+\\bb',
    '.*',
    '(?:a*b|c+)',
    'b(?:a|b)+',
  ];
  const TEXTS = ['', 'a', 'ab', 'aab', 'abab', 'cab', 'ba b', 'x', 'xaa', 'b', 'bb', 'ccc', 'zz\nzz', 'aaaaaa'];

  test.each(ENDS)('%s is found where it was found before it was cut', (source) => {
    const node = parseRegex(source, NO_FLAGS);
    for (const text of TEXTS) expect([text, compileV8(trim(node))(text)]).toEqual([text, compileV8(node)(text)]);
  });

  test.each(['.{1000,}', '.*mimikatz.*'])('%s is proved linear once it is cut', (source) => {
    expect(isLinear(parseRegex(source, NO_FLAGS))).toBe(false);
    expect(isLinear(trim(parseRegex(source, NO_FLAGS)))).toBe(true);
  });
});
