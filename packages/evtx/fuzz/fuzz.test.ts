import { expect, it } from 'vitest';
import { windowsEvent, writeEvtx } from '../src/testing/index.ts';
import { damage } from './damage.ts';
import { fuzz } from './fuzz.ts';
import { Random } from './random.ts';
import { chunksOf, ownSeeds } from './seeds.ts';

it('finds no chunk that shapes and trees read in two ways', () => {
  expect([...fuzz(ownSeeds(), 0, 3_000)].map(({ execution, what }) => `${execution}: ${what}`)).toEqual([]);
});

it('damages a chunk in the same way for the same number, and in another for another', () => {
  const seeds = ownSeeds();
  const damaged = (seed: number): string => damage(seeds[0]!, seeds, new Random(seed)).toString('hex');
  expect(damaged(7)).toBe(damaged(7));
  expect(new Set([0, 1, 2, 3, 4].map(damaged)).size).toBe(5);
});

it('cuts the chunks of a log to a few records', () => {
  const event = { provider: 'P', eventId: 1, channel: 'C', computer: 'c', time: 0, data: {} };
  const events = Array.from({ length: 50 }, (_, index) => windowsEvent({ ...event, recordId: BigInt(index + 1) }));
  const [chunk] = chunksOf(Buffer.from(writeEvtx(events)));
  expect(chunk?.length).toBeLessThan(4_096);
});
