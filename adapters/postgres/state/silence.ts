import type { Arrival, KeptSilence, Order, Silence, SilenceStore } from '@yuheng/engine';
import { asTenant, type Database } from '../database.ts';

/** The setting with the number of the last batch that was taken note of. */
const MARK = 'heard-until';
/** Silences of one source that are kept. */
export const MAX_KEPT = 1_000;

interface ArrivalRow {
  readonly tenant: string;
  readonly source: string;
  readonly last_ms: number;
}

interface SilenceRow extends ArrivalRow {
  readonly uid: string;
  readonly since_ms: number;
  readonly ended_ms: number | null;
  readonly revision: number;
}

/** Sources and their silences. Who was heard is read from the journal's batches, in the order in which they were accepted. */
export class PostgresSilence implements SilenceStore {
  private readonly sql: Database;

  constructor(sql: Database) {
    this.sql = sql;
  }

  async listen(): Promise<{ heard: Arrival[]; ended: Silence[] }> {
    return this.sql.begin(async (begun) => {
      const sql = begun as unknown as Database;
      const [mark] = await sql<{ value: number }[]>`
        select value::text::bigint as value from setting where name = ${MARK}`;
      const [newest] = await sql<{ number: number | null }[]>`
        select max(number) as number from batch where number > ${mark?.value ?? 0}`;
      if (!newest || newest.number === null) return { heard: [], ended: [] };
      const heard = await takeNote(sql, mark?.value ?? 0, newest.number);
      await sql`
        insert into setting (name, value) values (${MARK}, ${sql.json(newest.number)})
        on conflict (name) do update set value = excluded.value`;
      const ended = await sql<SilenceRow[]>`
        update silence set ended_ms = arrival.last_ms, revision = nextval('revision') from arrival
        where silence.ended_ms is null and silence.tenant = arrival.tenant and silence.source = arrival.source
          and (arrival.tenant, arrival.source) in (select * from unnest(
            ${heard.map(({ tenant }) => tenant)}::text[], ${heard.map(({ source }) => source)}::text[]))
        returning silence.*`;
      return { heard: heard.map(toArrival), ended: ended.map(toSilence) };
    }) as Promise<{ heard: Arrival[]; ended: Silence[] }>;
  }

  async speaking(afterMs: number, limit: number): Promise<Arrival[]> {
    const rows = await this.sql<ArrivalRow[]>`
      select * from arrival where last_ms > ${afterMs} and not exists (
        select from silence where silence.tenant = arrival.tenant and silence.source = arrival.source and ended_ms is null
      ) order by last_ms desc limit ${limit}`;
    return rows.map(toArrival);
  }

  async raise(silences: readonly Silence[]): Promise<Silence[]> {
    const raised: Silence[] = [];
    await this.sql.begin(async (transaction) => {
      for (const silence of silences) {
        const { uid, tenant, source, lastMs, sinceMs } = silence;
        const { count } = await transaction`
          insert into silence (tenant, uid, source, last_ms, since_ms) values (${tenant}, ${uid}, ${source}, ${lastMs}, ${sinceMs})
          on conflict do nothing`;
        if (count === 0) continue;
        raised.push(silence);
        await forget(transaction as unknown as Database, silence);
      }
    });
    return raised;
  }

  list(tenant: string, limit: number, after?: Order): Promise<KeptSilence[]> {
    return asTenant(this.sql, tenant, async (sql) => {
      const beyond = after ? sql`and (since_ms, source, uid) < (${after.ms}, ${after.source}, ${after.uid})` : sql``;
      const rows = await sql<SilenceRow[]>`
        select * from silence where tenant = ${tenant} ${beyond}
        order by since_ms desc, source desc, uid desc limit ${limit}`;
      return rows.map(toSilence);
    });
  }

  async changes(afterRevision: number, limit: number): Promise<KeptSilence[]> {
    const rows = await this.sql<SilenceRow[]>`
      select * from silence where revision > ${afterRevision} order by revision limit ${limit}`;
    return rows.map(toSilence);
  }
}

async function forget(sql: Database, { tenant, source }: Silence): Promise<void> {
  await sql`
    delete from silence where tenant = ${tenant} and uid in (
      select uid from silence where tenant = ${tenant} and source = ${source} order by revision desc offset ${MAX_KEPT})`;
}

/** The last batch counts, not the latest time: a clock may have been set back between two. */
function takeNote(sql: Database, after: number, until: number): Promise<ArrivalRow[]> {
  return sql<ArrivalRow[]>`
    insert into arrival (tenant, source, last_ms)
    select distinct on (tenant, source) tenant, source, received_ms from batch
    where number > ${after} and number <= ${until} and received > 0 order by tenant, source, number desc
    on conflict (tenant, source) do update set last_ms = excluded.last_ms returning *`;
}

function toArrival({ tenant, source, last_ms }: ArrivalRow): Arrival {
  return { tenant, source, lastMs: last_ms };
}

function toSilence(row: SilenceRow): KeptSilence {
  const { uid, since_ms, ended_ms, revision } = row;
  return { ...toArrival(row), uid, sinceMs: since_ms, ...(ended_ms === null ? {} : { endedMs: ended_ms }), revision };
}
