import type { Journal } from '@yuheng/engine';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestLake } from '../../../adapters/lake/testing/open-lake.ts';
import { eventRow, ndjson } from '../../../adapters/lake/testing/rows.ts';
import { migrate, openJournal } from '../../../adapters/postgres/index.ts';
import { openTestDatabase, type TestDatabase } from '../../../adapters/postgres/testing.ts';
import { Retention, type RetentionParts } from './retention.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 2, 10, 12);
const log = { info: () => {}, error: () => {} };
const calendar = { oldAsOf: () => NOW, save: async () => {} };

let database: TestDatabase;
let journal: Journal;
let opened: Awaited<ReturnType<typeof openTestLake>>;
beforeEach(async () => {
  [database, opened] = await Promise.all([openTestDatabase(), openTestLake()]);
  await migrate(database.sql);
  journal = await openJournal(database.sql);
});
afterEach(async () => {
  await Promise.all([database.close(), opened.remove()]);
});

/** One batch of three records, received so many days ago: in the books, and in the lake unless it waits. */
async function receive(daysAgo: number, pending = false): Promise<void> {
  const receivedMs = NOW - daysAgo * DAY_MS;
  const about = { tenant: 'a', source: 's', format: 'syslog', file: '', span: 3, maxRecordBytes: 4_096, last: true };
  const [receipt] = await journal.append([
    { ...about, digest: '', receivedMs, received: 3, rejected: {}, body: Buffer.from('three') },
  ]);
  const { batch } = receipt as { batch: number };
  await opened.lake.insert(
    ndjson([eventRow(batch, { tenant: 'a', source: 's', received: receivedMs, batch, records: 3 })]),
    [batch],
    false,
  );
  if (!pending) await journal.settle([{ number: batch, stored: 3, unparsed: 0 }], []);
}

const retention = (policy: { days: number; diskPercent: number }, change: Partial<RetentionParts> = {}): Retention =>
  new Retention(policy, { journal, lake: opened.lake, calendar, log, ...change });
const days = async (): Promise<number[]> => (await opened.lake.days()).map(({ day }) => day);

/** Stored and not expired is what the lake counts. */
async function expectBalance(expired: number): Promise<void> {
  const [row] = await journal.ledger('a');
  const [count] = await opened.lake.counts();
  expect(row!.expired).toBe(expired);
  expect(count?.records ?? 0).toBe(row!.stored - row!.expired);
}

it('lets whole days go that are older, and books them', async () => {
  for (const ago of [0, 1, 4, 5, 6]) await receive(ago);
  await retention({ days: 4, diskPercent: 100 }).check(NOW);
  expect(await days()).toEqual([20260306, 20260309, 20260310]);
  await expectBalance(6);
  await retention({ days: 4, diskPercent: 100 }).check(NOW);
  await expectBalance(6);
});

it('lets the oldest days go while the disk is too full, as many as it takes and never today’s', async () => {
  for (const ago of [0, 1, 2, 3]) await receive(ago);
  const [first, second] = await opened.lake.days();
  const { lake } = opened;
  const over = (bytes: number): RetentionParts['lake'] => ({
    counts: (day) => lake.counts(day),
    days: () => lake.days(),
    dropDay: (day) => lake.dropDay(day),
    disk: async () => ({ totalBytes: 1e9, usedBytes: 8e8 + bytes }),
  });
  await retention({ days: 90, diskPercent: 80 }, { lake: over(0) }).check(NOW);
  expect(await days()).toHaveLength(4);
  await retention({ days: 90, diskPercent: 80 }, { lake: over(first!.bytes + second!.bytes) }).check(NOW);
  expect(await days()).toEqual([20260309, 20260310]);
  await retention({ days: 90, diskPercent: 80 }, { lake: over(1e8) }).check(NOW);
  expect(await days()).toEqual([20260310]);
  await expectBalance(9);
});

it('keeps a day of which a batch still waits', async () => {
  await receive(9);
  await receive(8, true);
  await receive(7);
  await retention({ days: 1, diskPercent: 100 }).check(NOW);
  expect(await days()).toEqual([20260302, 20260303]);
});

it.each(['before the lake dropped the day', 'after it'])('counts once what a crash interrupted %s', async (when) => {
  for (const ago of [0, 5]) await receive(ago);
  const { lake } = opened;
  const crashing = {
    counts: (day?: number) => lake.counts(day),
    days: () => lake.days(),
    disk: () => lake.disk(),
    async dropDay(day: number) {
      if (when === 'after it') await lake.dropDay(day);
      throw new Error('killed');
    },
  };
  await expect(retention({ days: 4, diskPercent: 100 }, { lake: crashing }).check(NOW)).rejects.toThrow('killed');
  const [row] = await journal.ledger('a');
  expect(row!.expired).toBe(3);
  // Nothing is old any more to the one that comes after; what was booked is let go all the same.
  const next = retention({ days: 36_500, diskPercent: 100 });
  await next.start();
  await next.stop();
  expect(await days()).toEqual([20260310]);
  expect(await journal.expiring()).toEqual([]);
  await expectBalance(3);
});
