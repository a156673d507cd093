import { expect, it } from 'vitest';
import { FIRST_PAUSE_MS, GIVE_UP_MS, LONGEST_PAUSE_MS, pauseAfter } from './pauses.ts';

it('doubles pauses up to an hour, and gives up before they are more than a day', () => {
  const pauses: number[] = [];
  for (let pause = pauseAfter(1); pause !== undefined; pause = pauseAfter(pauses.length + 1)) pauses.push(pause);
  expect(pauses.slice(0, 3)).toEqual([FIRST_PAUSE_MS, 2 * FIRST_PAUSE_MS, 4 * FIRST_PAUSE_MS]);
  expect(Math.max(...pauses)).toBe(LONGEST_PAUSE_MS);
  const all = pauses.reduce((sum, pause) => sum + pause, 0);
  expect(all).toBeLessThanOrEqual(GIVE_UP_MS);
  expect(all + LONGEST_PAUSE_MS).toBeGreaterThan(GIVE_UP_MS);
  expect(pauseAfter(1_000_000)).toBeUndefined();
});
