import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate, MIGRATIONS } from '../migrations/migrate.ts';
import { openJournal } from '../journal/journal.ts';
import { PostgresDirectory } from '../state/directory.ts';
import { openTestDatabase, type TestDatabase } from '../testing.ts';
import { loadDatabase } from './load.ts';
import { saveDatabase } from './save.ts';
import { tableNames, type DatabaseCopy } from './tables.ts';

const batch = (body: Buffer) => ({
  ...{ tenant: 'a', source: 's', digest: 'd', format: 'syslog', file: '', span: 1, maxRecordBytes: 4_096, last: false },
  ...{ receivedMs: 1_000, received: 1, rejected: { 'too-long': 1 }, body },
});

let from: TestDatabase;
let to: TestDatabase;
const tables = new Map<string, Buffer>();
let copy: DatabaseCopy;
beforeAll(async () => {
  from = await openTestDatabase();
  await migrate(from.sql);
  const directory = new PostgresDirectory(from.sql);
  await directory.addTenant('a');
  await directory.addKey({ id: 'k', tenant: 'a', secretHash: 'h', scopes: ['ingest', 'read'] });
  const journal = await openJournal(from.sql);
  await journal.append(Array.from({ length: 2_000 }, () => batch(Buffer.from([0, 9, 10, 13, 92, 255]))));
  await journal.settle([{ number: 1, stored: 1, unparsed: 0 }], []);
  await from.sql`insert into match (tenant, uid, ms, body) values ('a', 'u', 1, 'one \\N\ttwo')`;
  copy = await saveDatabase(from.sql, async (table, rows) => void tables.set(table, await buffer(rows)));
  to = await openTestDatabase();
});
afterAll(() => Promise.all([from.close(), to.close()]));

const open = (table: string): Readable => Readable.from([tables.get(table)!]);

it('refuses a copy of a later version', () =>
  expect(loadDatabase(to.sql, { ...copy, migration: MIGRATIONS.length + 1 }, open)).rejects.toThrow(/does not know/));

it('does not stand still when the rows are taken slowly', async () => {
  await from.sql`insert into match (tenant, uid, ms, body) select 'slow', n::text, n, repeat('x', 3000) from generate_series(1, 9) as n`;
  const names: string[] = [];
  await saveDatabase(from.sql, async (table, rows) => {
    await new Promise((go) => setTimeout(go, 20));
    await pipeline(rows, new PassThrough({ highWaterMark: 1 }), async (chunks) => {
      for await (const chunk of chunks as AsyncIterable<Buffer>) if (chunk.length > 0) await Promise.resolve();
    });
    names.push(table);
  });
  await from.sql`delete from match where tenant = 'slow'`;
  expect(names).toEqual(await tableNames(from.sql));
});

it('makes a database that is the same, and goes on where the other stood', async () => {
  await loadDatabase(to.sql, copy, open);
  const names = await tableNames(from.sql);
  expect(names).toContain('payload');
  expect(await tableNames(to.sql)).toEqual(names);
  for (const name of names) {
    const rows = (database: TestDatabase) => database.sql`select * from ${database.sql(name)} as t order by t::text`;
    expect(await rows(to)).toEqual(await rows(from));
  }
  const [receipt] = await (await openJournal(to.sql)).append([batch(Buffer.from('next'))]);
  expect(receipt).toMatchObject({ batch: copy.nextBatch });
  const [match] = await to.sql`insert into match (tenant, uid, ms, body) values ('a', 'v', 1, '') returning sequence`;
  expect(match).toEqual({ sequence: 2 });
});
