import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exactJson } from './exact-json.ts';

/** The plain way: every token is looked at. */
function token(json: string): string {
  const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  return json.replace(tokens, (found) => (/^-?\d{16,}$/.test(found) ? `"${found}"` : found));
}

it.each([
  ['{"a":1234567890123456}', '{"a":"1234567890123456"}'],
  ['{"a" : -9223372036854775808 , "b":[1234567890123456,12345678901234567]}', undefined],
  ['{"a":"x:1234567890123456,","b":"\\\\\\":1234567890123456,","c":1234567890123456}', undefined],
  ['{"a":1234567890123456.5,"b":1234567890123456e2,"c":123456789012345}', undefined],
  ['1234567890123456', '"1234567890123456"'],
  [' 1234567890123456 ', ' "1234567890123456" '],
  ['{"1234567890123456":null}', '{"1234567890123456":null}'],
  ['{"a":0234567890123456,"b":-0234567890123456}', '{"a":0234567890123456,"b":-0234567890123456}'],
])('turns long integers into texts: %s', (json, expected) => {
  expect(exactJson(json)).toBe(expected ?? token(json));
});

it('is what looking at every token gives', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom(':1234567890123456,', '"', '\\', '\\"', '[1234567890123456]'));
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      text.map((string) => JSON.stringify(string)),
      fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number)),
      fc.array(tie('value') as fc.Arbitrary<string>, { maxLength: 3 }).map((items) => `[ ${items.join(' ,')}]`),
      fc
        .array(fc.tuple(text, tie('value') as fc.Arbitrary<string>), { maxLength: 3 })
        .map((entries) => `{${entries.map(([key, inner]) => `${JSON.stringify(key)}: ${inner}`).join(',')} }`),
    ),
  })).value;
  const agrees = (json: string): void => void expect(exactJson(json)).toBe(token(json));
  fc.assert(fc.property(value, agrees), { numRuns: 2_000 });
});
