import { expect, it } from 'vitest';
import { durationOrOff } from './duration.ts';

it.each([
  ['30s', 30_000],
  ['10m', 600_000],
  ['1h', 3_600_000],
  ['7d', 604_800_000],
  ['168h', 604_800_000],
  ['off', undefined],
])('reads %s', (text, ms) => expect(durationOrOff.parse(text)).toBe(ms));

it.each(['', '1', 'h', '0s', '-1h', '1.5h', '1w', '8d', '169h', '99999999s', ' 1h', 'OFF'])('refuses %j', (text) =>
  expect(durationOrOff.safeParse(text).success).toBe(false),
);
