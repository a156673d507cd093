import type { Journal, NewBatch, StreamState } from '@yuheng/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../migrations/migrate.ts';
import { openTestDatabase, WAYS, type TestDatabase } from '../testing.ts';
import { openJournal } from './journal.ts';
import { PARTITION_SIZE } from './partitions.ts';

const batchOf = (change: Partial<NewBatch> = {}): NewBatch => ({
  tenant: 'a',
  source: 's',
  digest: 'd',
  format: 'syslog',
  file: '',
  span: 2,
  maxRecordBytes: 4_096,
  last: false,
  receivedMs: 1_000,
  received: 3,
  rejected: { 'too-long': 1 },
  body: Buffer.from('one\ntwo\n'),
  ...change,
});

describe.each(WAYS)('the journal in PostgreSQL, by %s', (way) => {
  let database: TestDatabase;
  let journal: Journal;
  beforeAll(async () => {
    database = await openTestDatabase(way);
    await migrate(database.sql);
    journal = await openJournal(database.sql);
  }, 60_000);
  afterAll(() => database.close());

  const settleAll = async (): Promise<void> => {
    for (;;) {
      const batches = await journal.pending(0, 1e9, 1e6);
      if (batches.length === 0) return;
      const done = batches.map(({ number, received }) => ({ number, stored: received - 1, unparsed: 0 }));
      await journal.settle(done, []);
    }
  };

  it('gives back what was appended, whole and in order', async () => {
    const long = Buffer.alloc(100_000, 'x');
    const receipts = await journal.append([
      batchOf({ first: 7, year: 2026, encoding: 'gb18030', file: 'f' }),
      batchOf({ body: long }),
    ]);
    expect(receipts).toMatchObject([
      { batch: 1, repeated: false },
      { batch: 2, repeated: false },
    ]);
    const [one, two] = await journal.pending(0, 1e9, 1e6);
    expect(one).toMatchObject({
      number: 1,
      first: 7,
      year: 2026,
      encoding: 'gb18030',
      file: 'f',
      rejected: { 'too-long': 1 },
      maxRecordBytes: 4_096,
    });
    expect(Buffer.from(one!.body).toString()).toBe('one\ntwo\n');
    expect(Buffer.from(two!.body).equals(long)).toBe(true);
    expect(two).not.toHaveProperty('first');
    expect((await journal.pending(0, 1, 1e6)).map(({ number }) => number)).toEqual([1]);
    expect((await journal.pending(1, 1, 1e6)).map(({ number }) => number)).toEqual([2]);
    expect(await journal.backlog()).toEqual({ batches: 2, bytes: 100_008, last: 2 });
  });

  it('balances at every step', async () => {
    expect(await journal.ledger()).toMatchObject([
      { tenant: 'a', source: 's', received: 6, stored: 0, pending: 4, rejected: { 'too-long': 2 } },
    ]);
    await journal.settle([{ number: 1, stored: 2, unparsed: 1 }], []);
    expect(await journal.ledger('a')).toMatchObject([{ received: 6, stored: 2, pending: 2, unparsed: 1 }]);
    expect(await journal.ledger('b')).toEqual([]);
    await settleAll();
    expect(await journal.ledger()).toMatchObject([{ received: 6, stored: 4, pending: 0, rejected: { 'too-long': 2 } }]);
    expect(await journal.backlog()).toEqual({ batches: 0, bytes: 0, last: 0 });
  });

  it('takes a request with a key once, and refuses the key for another', async () => {
    const [first] = await journal.append([batchOf({ key: 'k', source: 'keyed' })]);
    const [again, other, elsewhere] = await journal.append([
      batchOf({ key: 'k', source: 'keyed' }),
      batchOf({ key: 'k', source: 'keyed', digest: 'another' }),
      batchOf({ key: 'k', source: 'keyed', tenant: 'b' }),
    ]);
    expect(again).toEqual({ ...(first as object), repeated: true });
    expect(other).toBe('conflict');
    expect(elsewhere).toMatchObject({ repeated: false });
    const twice = await journal.append([
      batchOf({ key: 'same', source: 'keyed' }),
      batchOf({ key: 'same', source: 'keyed' }),
    ]);
    expect(twice).toMatchObject([{ repeated: false }, { repeated: true }]);
    expect(await journal.ledger('a')).toContainEqual(expect.objectContaining({ source: 'keyed', received: 6 }));
    await settleAll();
  });

  it('keeps a stream and knows which ones hold something open', async () => {
    const state: StreamState = {
      format: 'auditd',
      next: 9,
      directives: [],
      open: [{ number: 8, text: 'x', value: undefined }],
    };
    const key = { tenant: 'a', source: 's', file: 'f' };
    await journal.settle([], [{ ...key, state }]);
    expect(await journal.stream(key)).toMatchObject({ next: 9, open: [{ number: 8, text: 'x' }] });
    expect(await journal.openStreams()).toMatchObject([key]);
    await journal.settle([], [{ ...key, state: { ...state, open: [] } }]);
    expect(await journal.openStreams()).toEqual([]);
    expect(await journal.stream({ ...key, tenant: 'b' })).toBeUndefined();
  });

  it('keeps where a reader stands with what it brought', async () => {
    await journal.append([
      batchOf({ cursor: { name: 'c', value: '1' } }),
      batchOf({ cursor: { name: 'c', value: '2' } }),
    ]);
    expect([await journal.cursor('c'), await journal.cursor('other')]).toEqual(['2', undefined]);
    await settleAll();
  });

  it('books a day as expired once, however often it is told, until the lake has dropped it', async () => {
    const counts = [{ tenant: 'a', source: 's', records: 2 }];
    const booked = async (): Promise<number> =>
      (await journal.ledger('a')).find(({ source }) => source === 's')!.expired;
    const before = await booked();
    await journal.expired(20260302, counts);
    await journal.expired(20260302, [{ tenant: 'a', source: 's', records: 1 }]);
    await journal.expired(20260301, []);
    expect(await booked()).toBe(before + 2);
    expect(await journal.expiring()).toEqual([20260301, 20260302]);
    await journal.dropped(20260301);
    await journal.dropped(20260302);
    await journal.dropped(20260302);
    expect(await journal.expiring()).toEqual([]);
    await journal.expired(20260302, counts);
    expect(await booked()).toBe(before + 4);
    await journal.dropped(20260302);
  });

  it('drops partitions of bodies that are settled, and rolls up old batches without losing a count', async () => {
    const before = await journal.ledger();
    for (let done = 0; done <= PARTITION_SIZE.batch; done += 4_096) {
      await journal.append(
        Array.from({ length: 4_096 }, () =>
          batchOf({ source: 'many', received: 1, rejected: {}, body: Buffer.alloc(0) }),
        ),
      );
      const pending = await journal.pending(0, 1, 1e6);
      const [last] = await database.sql<{ next: number }[]>`select next from journal_number`;
      const numbers = Array.from({ length: last!.next - pending[0]!.number }, (_, index) => pending[0]!.number + index);
      await journal.settle(
        numbers.map((number) => ({ number, stored: 1, unparsed: 0 })),
        [],
      );
    }
    const bodies = await database.sql`select 1 from pg_inherits where inhparent = 'payload'::regclass`;
    expect(bodies.length).toBeLessThanOrEqual(5);
    const sums = await journal.ledger();
    await journal.rollUp(2_000);
    expect(await journal.ledger()).toEqual(sums);
    expect(sums.filter(({ source }) => source !== 'many')).toEqual(before);
    const left = await database.sql<{ first: number }[]>`select min(number) as first from batch`;
    expect(left[0]!.first).toBeGreaterThanOrEqual(PARTITION_SIZE.batch);
    expect((await journal.append([batchOf({ key: 'k', source: 'keyed' })]))[0]).toMatchObject({ repeated: false });
  }, 120_000);

  it('goes on where another process left off', async () => {
    await settleAll();
    const [receipt] = await journal.append([batchOf({ body: Buffer.from('kept') })]);
    const reopened = await openJournal(database.sql);
    const pending = await reopened.pending(0, 1e9, 1e6);
    expect(pending.map(({ body }) => Buffer.from(body).toString())).toEqual(['kept']);
    const [next] = await reopened.append([batchOf()]);
    expect(next).toMatchObject({ batch: (receipt as { batch: number }).batch + 1 });
  });
});
