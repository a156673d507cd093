import type { Journal } from '@yuheng/engine';
import { inTransaction, type Database } from '../database.ts';

/** Before the day in the name of its setting. */
const PREFIX = 'expiring-';

/** Books a day as let go; a day that is booked and not dropped yet stays as it was booked. */
export async function bookExpired(
  sql: Database,
  day: number,
  counts: Parameters<Journal['expired']>[1],
): Promise<void> {
  await inTransaction(sql, async (transaction) => {
    const fresh = await transaction`
      insert into setting (name, value) values (${PREFIX + day}, ${transaction.json(day)}) on conflict do nothing returning name`;
    if (fresh.length === 0) return;
    for (const { tenant, source, records } of counts)
      await transaction`
        insert into rolled (tenant, source, expired) values (${tenant}, ${source}, ${records})
        on conflict (tenant, source) do update set expired = rolled.expired + excluded.expired`;
  });
}

/** Days that are booked and may still lie in the lake. */
export async function readExpiring(sql: Database): Promise<readonly number[]> {
  const rows = await sql<{ name: string }[]>`select name from setting where starts_with(name, ${PREFIX}) order by name`;
  return rows.map(({ name }) => Number(name.slice(PREFIX.length)));
}

/** The day is gone. */
export async function forgetExpiring(sql: Database, day: number): Promise<void> {
  await sql`delete from setting where name = ${PREFIX + day}`;
}
