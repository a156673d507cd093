import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ClickHouse } from './clickhouse.ts';
import { LakeChild } from './lake-child.ts';
import { quoted, settings } from './sql-text.ts';
import { lakeEntry } from './testing/entry.ts';

const folder = mkdtempSync(join(tmpdir(), 'yuheng-laketest-'));
let child: LakeChild;
let clickhouse: ClickHouse;
beforeAll(async () => {
  child = await LakeChild.start({ folder, entry: await lakeEntry(), log: () => {} });
  clickhouse = await child.get();
});
afterAll(async () => {
  await child.close();
  rmSync(folder, { recursive: true, force: true });
});

async function readAll(sql: string): Promise<string[]> {
  const all: string[] = [];
  for await (const texts of clickhouse.read(sql)) all.push(...texts);
  return all;
}

it.each(["it's", '\\', "\\'", 'a\nb\tc\0d', '玉衡', '{x:String}', '-- /* "`', "'; DROP TABLE x; --"])(
  'gives the text %j back as it was quoted',
  async (text) => expect(await clickhouse.rows(`SELECT ${quoted(text)} AS text`)).toEqual([{ text }]),
);

it('writes settings as a clause', () =>
  expect(settings({ readonly: 1, session_timezone: "it's" })).toBe(
    "SETTINGS readonly = 1, session_timezone = 'it\\'s'",
  ));

it('gives an error that comes when rows were given already', async () => {
  await expect(readAll('SELECT intDiv(1, number - 200000) AS n FROM numbers(1000000)')).rejects.toMatchObject({
    code: 'YH-LAKE-FAILED',
    message: expect.stringContaining('Division by zero'),
  });
});

it('gives an error before any row with its code', async () => {
  await expect(readAll('SELECT nothing')).rejects.toMatchObject({ cause: { code: '47' } });
  await expect(clickhouse.command('SELEC 1')).rejects.toMatchObject({ cause: { code: '62' } });
});

it('ends a query whose rows nobody takes any more', async () => {
  for (let round = 0; round < 12; round++)
    for await (const rows of clickhouse.read('SELECT number FROM system.numbers')) {
      expect(rows.length).toBeGreaterThan(0);
      break;
    }
  expect(await readAll('SELECT 1 AS one')).toEqual(['{"one":1}']);
});

const login = { user: 'a', password: 'b' };

it('takes no answer for one that may come later', async () => {
  const client = new ClickHouse({ url: 'http://127.0.0.1:1', database: 'x', writer: login, reader: login });
  await expect(client.command('SELECT 1')).rejects.toMatchObject({ code: 'YH-LAKE-UNAVAILABLE', retryable: true });
  expect(await client.isAlive(1_000)).toBe(false);
  await client.close();
});

it.each([
  ['Code: 252. DB::Exception: Too many parts. (TOO_MANY_PARTS)', 'YH-LAKE-UNAVAILABLE'],
  ['Code: 243. DB::Exception: Cannot reserve 1 MiB. (NOT_ENOUGH_SPACE)', 'YH-LAKE-FULL'],
  ['Code: 1001. DB::Exception: std::exception: No space left on device. (STD_EXCEPTION)', 'YH-LAKE-FULL'],
  ['Code: 60. DB::Exception: No such table. (UNKNOWN_TABLE)', 'YH-LAKE-FAILED'],
  ['<html>Bad gateway</html>', 'YH-LAKE-UNAVAILABLE'],
])('tells errors apart: %s', async (answer, code) => {
  const server = createServer((_, response) => response.writeHead(500).end(answer)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new ClickHouse({ url: `http://127.0.0.1:${port}`, database: 'x', writer: login, reader: login });
  await expect(client.command('SELECT 1')).rejects.toMatchObject({ code });
  await expect(client.insert('INSERT INTO a FORMAT JSONEachRow', Buffer.from('{}'))).rejects.toMatchObject({ code });
  await client.close();
  server.close();
});
