import { expect, it } from 'vitest';
import { percentDecoded } from './percent.ts';

it.each([
  ['/a%20b', '/a b'],
  ['/%e4%b8%ad', '/中'],
  ['/%u002e%u002e/', '/../'],
  ['/%252e%252e/', '/../'],
  ['/%%32%65', '/.'],
  ['/100%', '/100%'],
  ['/%zz', '/%zz'],
  ['/%ff', '/\ufffd'],
  ['/%2525252e', '/%2e'],
])('%s is %s, decoded three times at most', (text, decoded) => expect(percentDecoded(text)).toBe(decoded));
