import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClickHouse } from './clickhouse.ts';
import { LakeChild } from './lake-child.ts';
import { migrate, MIGRATIONS } from './migrations.ts';
import { lakeEntry } from './testing/entry.ts';

let folder: string;
let child: LakeChild;
let clickhouse: ClickHouse;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yuheng-laketest-'));
  child = await LakeChild.start({ folder, entry: await lakeEntry(), log: () => {} });
  clickhouse = await child.get();
});
afterEach(async () => {
  await child.close();
  rmSync(folder, { recursive: true, force: true });
});

const tables = async (): Promise<string[]> =>
  (
    await clickhouse.rows<{ name: string }>(
      'SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name',
    )
  ).map(({ name }) => name);
const done = (): Promise<object[]> => clickhouse.rows('SELECT number, name FROM migrations ORDER BY number');

describe('migrations', () => {
  it('are numbered from 1 without a gap', () =>
    expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, index) => index + 1)));

  it.each(MIGRATIONS.map(({ number }) => number))('lead from %i steps to the newest shape', async (number) => {
    await migrate(clickhouse, MIGRATIONS.slice(0, number));
    expect(await done()).toEqual(MIGRATIONS.slice(0, number).map(({ number: n, name }) => ({ number: n, name })));
    await migrate(clickhouse);
    await migrate(clickhouse);
    expect(await done()).toEqual(MIGRATIONS.map(({ number: n, name }) => ({ number: n, name })));
    expect(await tables()).toEqual(['migrations', 'stored_events', 'stored_findings', 'stored_incidents']);
  });

  it('go on where one was cut off', async () => {
    await migrate(clickhouse, []);
    for (const statement of MIGRATIONS[0]!.statements) await clickhouse.command(statement);
    await migrate(clickhouse);
    expect((await done()).length).toBe(MIGRATIONS.length);
  });

  it('make tables that are on the disk before a write is acknowledged', async () => {
    await migrate(clickhouse);
    const [row] = await clickhouse.rows<{ create: string }>(
      "SELECT create_table_query AS create FROM system.tables WHERE name = 'stored_events'",
    );
    for (const setting of ['fsync_after_insert = 1', 'fsync_part_directory = 1', 'min_rows_to_fsync_after_merge = 1'])
      expect(row!.create).toContain(setting);
  });

  it('refuse tables of a newer Yuheng', async () => {
    await migrate(clickhouse);
    await clickhouse.command(`INSERT INTO migrations VALUES (${MIGRATIONS.length + 1}, 'of tomorrow')`);
    await expect(migrate(clickhouse)).rejects.toMatchObject({ code: 'YH-LAKE-NEWER' });
  });
});
