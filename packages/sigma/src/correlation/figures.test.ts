import { expect, test } from 'vitest';
import { nearestRank } from './figures.ts';

test.each([
  [0, 5, 1],
  [1, 5, 1],
  [50, 4, 2],
  [50, 5, 3],
  [95, 20, 19],
  [95, 21, 20],
  [99.9, 1000, 999],
  [99.91, 1000, 1000],
  [0.7, 1000, 7],
  [100, 7, 7],
])('the percentile %d of %d numbers is number %d in order', (percentile, count, rank) => {
  expect(nearestRank(percentile, count)).toBe(rank);
});

test('a percentile of a hundred numbers is the number that it names', () => {
  const all = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(all.map((percentile) => nearestRank(percentile, 100))).toEqual(all);
  expect(all.map((percentile) => nearestRank(percentile, 1300))).toEqual(all.map((percentile) => 13 * percentile));
});
