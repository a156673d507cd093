import type { Lake, LakeFinding } from '@yuheng/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventRow, ndjson, RECEIVED } from './rows.ts';

const DAY_MS = 86_400_000;

const finding = (uid: string, given: Partial<LakeFinding> = {}): LakeFinding => ({
  ...{ tenant: 'contract', uid, time: RECEIVED, severity_id: 4, title: 'A title', rule: 'rule-1' },
  ...{ body: `{"uid":"${uid}","n":1.0}`, revision: 1, retracted: false, ...given },
});

/** What every lake does, wherever it keeps its tables. `open` gives an empty one. */
export function describeLake(name: string, open: () => Promise<Lake>): void {
  describe(name, () => {
    let lake: Lake;
    beforeAll(async () => {
      lake = await open();
    });
    afterAll(() => lake.close());

    const column = async (tenant: string, query: string): Promise<unknown[]> =>
      (await lake.search(tenant, query)).rows.map((row) => Object.values(row)[0]);

    it('gives an event back as it came', async () => {
      const raw = 'quote " backslash \\ tab \t newline \n zh 玉衡 nul \0 end';
      const event = JSON.stringify({ message: raw, __proto__x: 1, big: 9007199254740991 });
      const row = eventRow(1, {
        tenant: 'whole',
        raw_data: raw,
        event,
        time: Date.UTC(2026, 1, 3, 4, 5, 6, 789),
        time_ns: 999_999,
      });
      await lake.insert(ndjson([row]), [row.batch], false);
      const { rows, truncated } = await lake.search('whole', 'SELECT * FROM events');
      expect(truncated).toBe(false);
      expect(rows).toEqual([
        { ...row, time: '2026-02-03 04:05:06.789', received: '2026-03-02 08:00:00.000', record: '1', batch: '1' },
      ]);
    });

    it('makes a batch be exactly these rows when it is sent again', async () => {
      const rows = Array.from({ length: 50 }, (_, n) => eventRow(n, { tenant: 'again', batch: 10 + (n % 2) }));
      await lake.insert(ndjson(rows.slice(0, 20)), [10, 11], false);
      await lake.insert(ndjson(rows), [10, 11], true);
      await lake.insert(ndjson(rows), [10, 11], true);
      expect(await column('again', 'SELECT uid FROM events ORDER BY record')).toEqual(rows.map((row) => row.uid));
    });

    it('keeps equal batches that are not the same', async () => {
      const row = eventRow(1, { tenant: 'twins' });
      await lake.insert(ndjson([{ ...row, batch: 20 }]), [20], false);
      await lake.insert(ndjson([{ ...row, batch: 21 }]), [21], false);
      expect(await column('twins', 'SELECT count() FROM events')).toEqual(['2']);
    });

    it('takes nothing of rows of which one is bad', async () => {
      const good = Array.from({ length: 40_000 }, (_, n) => eventRow(n, { tenant: 'bad', batch: 30 }));
      const body = Buffer.concat([ndjson(good), Buffer.from('\n{"tenant":"bad","record":"many"}')]);
      await expect(lake.insert(body, [30], false)).rejects.toMatchObject({ code: 'YH-LAKE-FAILED' });
      expect(await column('bad', 'SELECT count() FROM events')).toEqual(['0']);
    });

    it.each([
      ['a time beyond all calendars', { time: 1e22 }, { time: '9999-12-31 23:59:59.999' }],
      ['a time before all calendars', { time: -1e22 }, { time: '0001-01-01 00:00:00.000' }],
      ['part of a millisecond', { time: Date.UTC(2026, 0, 1) + 0.5 }, { time: '2026-01-01 00:00:00.000' }],
      ['a negative number', { record: -7 }, { record: '0' }],
      [
        'half a surrogate pair',
        { user: 'a\ud800b', raw_data: 'x\udc00\ud83d\ude00' },
        { user: 'a\ufffdb', raw_data: 'x\ufffd\u{1f600}' },
      ],
    ])('keeps a row that cannot be read as it is: %s', async (name, given, kept) => {
      const rows = [eventRow(1, { tenant: name, batch: 31 }), eventRow(2, { tenant: name, batch: 31, ...given })];
      await lake.insert(ndjson(rows), [31], false);
      const { rows: found } = await lake.search(name, "SELECT * FROM events WHERE uid = 'uid-2'");
      expect(found).toMatchObject([kept]);
      expect(await column(name, 'SELECT count() FROM events')).toEqual(['2']);
    });

    it('shows the newest revision of findings and incidents, and none that is retracted', async () => {
      for (const kind of ['findings', 'incidents'] as const) {
        await lake.insertFindings(kind, [finding('a'), finding('b'), finding('c'), finding('a', { tenant: 'other' })]);
        await lake.insertFindings(kind, [
          finding('b', { revision: 3, title: 'New' }),
          finding('c', { revision: 2, retracted: true }),
        ]);
        await lake.insertFindings(kind, [finding('b', { revision: 2, title: 'Late' })]);
        const { rows } = await lake.search('contract', `SELECT uid, title, body FROM ${kind} ORDER BY uid`);
        expect(rows).toEqual([
          { uid: 'a', title: 'A title', body: '{"uid":"a","n":1.0}' },
          { uid: 'b', title: 'New', body: '{"uid":"b","n":1.0}' },
        ]);
      }
    });

    it('keeps a finding whose time cannot be read as it is', async () => {
      await lake.insertFindings('findings', [finding('far', { tenant: 'far', time: 1e22 })]);
      expect(await column('far', 'SELECT time FROM findings')).toEqual(['9999-12-31 23:59:59.999']);
    });

    it('counts the records of events by tenant and source, and drops whole days', async () => {
      const of = (counts: readonly { tenant: string }[]): unknown[] => counts.filter(({ tenant }) => tenant === 'days');
      const day = (n: number, given: object): Uint8Array =>
        ndjson([eventRow(n, { tenant: 'days', received: RECEIVED + n * DAY_MS, batch: 40 + n, ...given })]);
      await lake.insert(day(0, { records: 3 }), [40], false);
      await lake.insert(day(1, { source: 'nginx' }), [41], false);
      await lake.insert(day(2, {}), [42], false);
      const kept = { tenant: 'days', source: 'linux-auth', records: 1 };
      const nginx = { tenant: 'days', source: 'nginx', records: 1 };
      expect(of(await lake.counts())).toEqual([{ ...kept, records: 4 }, nginx]);
      expect(of(await lake.counts(20260302))).toEqual([{ ...kept, records: 3 }]);
      const days = await lake.days();
      expect(days.map(({ day }) => day)).toEqual([20260302, 20260303, 20260304]);
      expect(days.every(({ bytes }) => bytes > 0)).toBe(true);
      await lake.dropDay(20260303);
      await lake.dropDay(20260303);
      expect(of(await lake.counts())).toEqual([{ ...kept, records: 4 }]);
      expect(of(await lake.counts(20260303))).toEqual([]);
      expect((await lake.days()).map(({ day }) => day)).toEqual([20260302, 20260304]);
    });

    it('gives the events of a day in the way in which it takes them', async () => {
      const received = RECEIVED + 100 * DAY_MS;
      const event = JSON.stringify({ text: 'quote " \u2028 玉衡', big: 9007199254740991 });
      const rows = [60, 61].map((batch) =>
        eventRow(batch, { tenant: 'copy', received, batch, event, time: -1_500, raw_data: 'a\nb\u2028\0c', user: '"' }),
      );
      await lake.insert(ndjson(rows), [60, 61], false);
      const read = async (below: number): Promise<Buffer> => {
        const portions: Uint8Array[] = [];
        for await (const portion of lake.readDay(20260610, below)) portions.push(portion);
        return Buffer.concat(portions);
      };
      expect(JSON.parse((await read(61)).toString('utf8'))).toEqual(rows[0]);
      const all = await read(62);
      await lake.dropDay(20260610);
      await lake.insert(all, [], false);
      const { rows: found } = await lake.search('copy', 'SELECT * FROM events ORDER BY record');
      expect(found).toMatchObject(
        rows.map(({ raw_data, user }) => ({ raw_data, event, user, time: '1969-12-31 23:59:58.500' })),
      );
      await lake.dropDay(20260610);
    });

    it('knows the disk that it lies on', async () => {
      const { totalBytes, usedBytes } = await lake.disk();
      expect(usedBytes).toBeGreaterThan(0);
      expect(totalBytes).toBeGreaterThan(usedBytes);
    });

    it('lets no setting of one query reach the next', async () => {
      const rows = Array.from({ length: 30 }, (_, n) => eventRow(n, { tenant: 'settings', batch: 50 }));
      await lake.insert(ndjson(rows), [50], false);
      for (let round = 0; round < 8; round++) {
        await Promise.all(Array.from({ length: 4 }, () => lake.search('settings', 'SELECT 1')));
        await lake.insert(
          ndjson([eventRow(100 + round, { tenant: 'settings', batch: 51 + round })]),
          [51 + round],
          false,
        );
        await lake.insert(
          ndjson([eventRow(100 + round, { tenant: 'settings', batch: 51 + round })]),
          [51 + round],
          true,
        );
      }
      expect(await column('settings', 'SELECT count() FROM events')).toEqual(['38']);
    });
  });
}
