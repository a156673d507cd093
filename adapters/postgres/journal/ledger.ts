import type { LedgerRow } from '@yuheng/engine';
import { inTransaction, type Database } from '../database.ts';
import { PARTITION_SIZE } from './partitions.ts';

interface SumRow {
  readonly tenant: string;
  readonly source: string;
  readonly received: number;
  readonly stored: number;
  readonly unparsed: number;
  readonly expired: number;
  readonly rejected: { readonly [reason: string]: number };
  readonly last_received_ms: number | null;
}

/** The books: the sum over all batches and what was rolled up, in one statement and so at one moment. */
export async function readLedger(sql: Database, tenant: string | undefined): Promise<LedgerRow[]> {
  const only = tenant === undefined ? sql`` : sql`where tenant = ${tenant}`;
  const rows = await sql<SumRow[]>`
    with part as (
      select tenant, source, received::bigint, stored::bigint, unparsed::bigint, 0::bigint as expired, rejected, received_ms as last from batch ${only}
      union all
      select tenant, source, received, stored, unparsed, expired, rejected, last_received_ms from rolled ${only}
    ), reason as (
      select tenant, source, key, sum(value::bigint)::bigint as records
      from part cross join jsonb_each_text(rejected) where rejected <> '{}' group by 1, 2, 3
    )
    select tenant, source, sum(received)::bigint as received, sum(stored)::bigint as stored, sum(unparsed)::bigint as unparsed,
      sum(expired)::bigint as expired, max(last) as last_received_ms,
      coalesce((select jsonb_object_agg(key, records) from reason
        where reason.tenant = part.tenant and reason.source = part.source), '{}') as rejected
    from part group by tenant, source order by tenant collate "C", source collate "C"`;
  return rows.map(toLedgerRow);
}

function toLedgerRow({
  tenant,
  source,
  received,
  stored,
  unparsed,
  expired,
  rejected,
  last_received_ms,
}: SumRow): LedgerRow {
  const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
  return {
    tenant,
    source,
    received,
    stored,
    pending: received - stored - refused,
    rejected,
    unparsed,
    expired,
    ...(last_received_ms === null ? {} : { lastReceivedMs: last_received_ms }),
  };
}

/** Adds the batches of a partition to the sums, if all of them were received before; the caller drops it. */
export async function rollUp(sql: Database, start: number, beforeMs: number): Promise<boolean> {
  const end = start + PARTITION_SIZE.batch;
  return inTransaction(sql, async (transaction) => {
    const [newest] = await transaction<{ ms: number | null }[]>`
      select max(received_ms) as ms from batch where number >= ${start} and number < ${end}`;
    if ((newest?.ms ?? 0) >= beforeMs) return false;
    await transaction`
      with part as (select * from batch where number >= ${start} and number < ${end}),
      reason as (
        select tenant, source, jsonb_object_agg(key, records) as rejected from (
          select tenant, source, key, sum(value::bigint)::bigint as records
          from part cross join jsonb_each_text(rejected) group by 1, 2, 3
        ) one group by 1, 2
      ),
      total as (
        select tenant, source, sum(received) as received, sum(stored) as stored, sum(unparsed) as unparsed, max(received_ms) as last
        from part group by 1, 2
      )
      insert into rolled (tenant, source, received, stored, unparsed, rejected, last_received_ms)
      select tenant, source, total.received, total.stored, total.unparsed, coalesce(reason.rejected, '{}'), last
      from total left join reason using (tenant, source)
      on conflict (tenant, source) do update set
        received = rolled.received + excluded.received,
        stored = rolled.stored + excluded.stored,
        unparsed = rolled.unparsed + excluded.unparsed,
        last_received_ms = greatest(rolled.last_received_ms, excluded.last_received_ms),
        rejected = (
          select coalesce(jsonb_object_agg(key, records), '{}') from (
            select key, sum(value::bigint)::bigint as records
            from (select * from jsonb_each_text(rolled.rejected) union all select * from jsonb_each_text(excluded.rejected)) both_sides group by key
          ) sums
        )`;
    await transaction.unsafe(`delete from batch where number >= ${start} and number < ${end}`);
    return true;
  }) as Promise<boolean>;
}
