import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

it.each<[string, string | undefined]>([
  ['windos', 'windows'],
  ['WINDOWS', 'windows'],
  ['wnidows', 'windows'],
  ['process_creaton', 'process_creation'],
  ['proces_creaton', 'process_creation'],
  ['prces_creaton', undefined],
  ['dsn', undefined],
  ['dnss', 'dns'],
  ['', undefined],
])('takes "%s" for %s', (name, meant) => {
  expect(nearest(name, ['dns', 'windows', 'process_access', 'process_creation'])).toBe(meant);
});
