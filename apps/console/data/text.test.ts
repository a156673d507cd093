import { expect, it } from 'vitest';
import { countText, levelOf, timeText, utcText, zoneText } from './text.ts';

const MS = Date.UTC(2026, 2, 1, 2, 5, 7);

it.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1,000'],
  [1_234_567, '1,234,567'],
])('writes %i as %s', (count, text) => expect(countText(count)).toBe(text));

it('writes moments in the zone of the viewer, and in UTC', () => {
  expect(utcText(MS)).toBe('2026-03-01 02:05:07 UTC');
  expect(timeText(MS)).toMatch(/^2026-0[23]-\d\d \d\d:\d\d:07$/);
  expect(zoneText(MS)).toMatch(/^UTC(?:[+−]\d{1,2}(?::\d\d)?)?$/);
});

it('names the levels, and takes what is unknown for the worst', () =>
  expect([1, 2, 3, 4, 5, 99].map(levelOf)).toEqual(['informational', 'low', 'medium', 'high', 'critical', 'critical']));
