import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect } from 'vitest';
import { connectLake, startLake } from './index.ts';
import { describeLake } from './testing/contract.ts';
import { lakeEntry } from './testing/entry.ts';

const folder = mkdtempSync(join(tmpdir(), 'yuheng-laketest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeLake('the embedded lake', async () => startLake({ folder, entry: await lakeEntry(), log: () => {} }));

const url = process.env['YUHENG_CLICKHOUSE_URL'];
if (!url) console.info('YUHENG_CLICKHOUSE_URL is not set: the lake in a ClickHouse server is not tested.');

describe.skipIf(!url)('a ClickHouse server', () => {
  describeLake('as the lake', async () => {
    const user = process.env['YUHENG_CLICKHOUSE_USER'] ?? 'default';
    const password = process.env['YUHENG_CLICKHOUSE_PASSWORD'] ?? '';
    const database = `yuheng_test_${randomBytes(4).toString('hex')}`;
    const headers = { 'X-ClickHouse-User': user, 'X-ClickHouse-Key': password };
    const made = await fetch(url!, { method: 'POST', headers, body: `CREATE DATABASE ${database}` });
    expect(await made.text()).toBe('');
    return connectLake({ url: url!, user, password, database });
  });
});
