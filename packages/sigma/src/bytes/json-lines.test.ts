import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactJson } from '../exact-json.ts';
import type { SigmaEvent } from '../types.ts';
import { JsonLines, MAX_CHUNK_BYTES } from './json-lines.ts';
import { MAX_FIELDS } from './line-fields.ts';

const lines = JsonLines.open()!;

function read(text: string | Buffer): SigmaEvent | undefined {
  const bytes = Buffer.from(text);
  // What is behind the line must not be read with it.
  lines.load(Buffer.concat([bytes, Buffer.from('\n"x":1}\n')]));
  return lines.read(0, bytes.length);
}

/** What JSON.parse makes of a line, where it is an object. */
function parsed(text: string): { readonly [name: string]: unknown } | undefined {
  try {
    const value = JSON.parse(exactJson(text)) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const NAMES = ['a', 'EventID', 'a name of more than sixteen letters', 'ключ', '®', '', '__proto__', 'a.b'];

describe('a line of JSON', () => {
  it.each([
    ['{"a":"x"}', 'x'],
    [' {\t"a" : "x\\\\y\\n\\"z\\"" } \r', 'x\\y\n"z"'],
    ['{"a":"\\u212a ſ"}', '\u212a ſ'],
    ['{"a":"0123456789abcdef\\\\0123456789abcdef"}', '0123456789abcdef\\0123456789abcdef'],
    ['{"a":"0123456789abcde\\\\"}', '0123456789abcde\\'],
    ['{"a":1}', 1],
    ['{"a":-0}', -0],
    ['{"a":1.50}', 1.5],
    ['{"a":1e3}', 1000],
    ['{"a":-1234567890123456}', '-1234567890123456'],
    ['{"a":true,"b":false}', true],
    ['{"a":null}', null],
    ['{"a":[1,{"b":1234567890123456}]}', [1, { b: '1234567890123456' }]],
    ['{"a":"first","a":"last"}', 'last'],
    ['{"b":"x"}', undefined],
    ['{}', undefined],
  ])('%s', (text, value) => {
    expect(read(text)!.field('a')).toEqual(value);
  });

  it.each([
    ['', 'nothing'],
    ['[]', 'no object'],
    ['{"a":1', 'cut'],
    ['{"a":1}}', 'too much'],
    ['{"a":1} x', 'something behind'],
    ['{"a":01}', 'a number with a zero'],
    ['{"a":1.}', 'half a fraction'],
    ['{"a":1e}', 'half an exponent'],
    ['{"a":-}', 'a sign'],
    ['{"a":+1}', 'a plus'],
    ['{"a":tru}', 'half a word'],
    ['{"a":NaN}', 'no number'],
    ['{"a":"\\x"}', 'no escape'],
    ['{"a":"\\u12g4"}', 'no digits'],
    ['{"a":"\t"}', 'a control character'],
    ['{"a":"x}', 'an open string'],
    ['{"a":[1,]}', 'a comma'],
    ['{"a":1,}', 'a last comma'],
    ['{a:1}', 'no quotes'],
    ['{"a" 1}', 'no colon'],
    ["{'a':1}", 'other quotes'],
  ])('is refused where JSON.parse refuses it: %s (%s)', (text) => {
    expect([read(text), parsed(text)]).toEqual([undefined, undefined]);
  });

  it.each([
    ['an escape in a name', '{"\\u0061":1}'],
    ['deep nesting', `{"a":${'['.repeat(200)}${']'.repeat(200)}}`],
  ])('is left to JSON.parse for %s, and counted', (_, text) => {
    const { left } = lines.counters;
    expect(read(text)).toBeUndefined();
    expect(lines.counters.left).toBe(left + 1);
    expect(parsed(text)).toBeDefined();
  });

  it('tells what JSON.parse tells, however it is written and damaged', () => {
    const value = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
    );
    const space = fc.constantFrom('', '', ' ', '\t \r');
    const member = fc
      .tuple(fc.constantFrom(...NAMES), space, space, value)
      .map(([name, before, after, json]) => `${before}${JSON.stringify(name)}${after}:${before}${json}${after}`);
    const line = fc.array(member, { maxLength: 8 }).map((members) => `{${members.join(',')}}`);
    const damage = fc.option(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom('', '"', '\\', '{', ',', '1', '\0', 'é')));
    const agrees = (text: string, change: [number, number, string] | null): void => {
      const at = change ? change[0] % (text.length + 1) : 0;
      const damaged = change ? text.slice(0, at) + change[2] + text.slice(at + change[1]) : text;
      if (/[\n\ud800-\udfff]/.test(damaged)) return;
      const expected = parsed(damaged);
      const event = read(damaged);
      if (!event) return void expect(expected === undefined || /"[^"]*\\[^"]*"\s*:/.test(damaged)).toBe(true);
      expect(expected).toBeDefined();
      for (const name of NAMES)
        expect(event.field(name)).toEqual(Object.entries(expected!).find(([own]) => own === name)?.[1]);
    };
    fc.assert(fc.property(line, damage, agrees), { numRuns: 5_000, seed: 3 });
  });
});

describe('lines in a chunk', () => {
  it('are read by two readers in turn, each its own', () => {
    const other = JsonLines.open()!;
    lines.load(Buffer.from('{"a":"one"}\n{"a":"two"}'));
    other.load(Buffer.from('{"a":"three"}'));
    expect(lines.read(0, 11)!.field('a')).toBe('one');
    expect(other.read(0, 13)!.field('a')).toBe('three');
    expect(lines.read(12, 23)!.field('a')).toBe('two');
  });

  it('are as many as a bound says', () => {
    expect(() => lines.load({ byteLength: MAX_CHUNK_BYTES + 1 } as Uint8Array)).toThrow(/at most 67108864 bytes/);
  });

  it('may have more names than are told apart', () => {
    const last = `n${MAX_FIELDS + 9}`;
    const event = read(`{"n1":"x","${last}":"y"}`)!;
    for (let number = 0; number < MAX_FIELDS + 10; number++) event.field(`n${number}`);
    expect([event.field('n1'), event.field(last), event.field('n2')]).toEqual(['x', 'y', undefined]);
    expect(event.slice?.(last)).toBeUndefined();
    expect(read(`{"${last}":"z"}`)!.field(last)).toBe('z');
  });
});
