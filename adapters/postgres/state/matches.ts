import { compareOrder, type MatchedEvent, type MatchNews, type MatchStore } from '@yuheng/engine';
import { asTenant, type Database } from '../database.ts';

/** Rows of one insert. */
const ROWS_PER_INSERT = 2_000;
/** Matches of one portion, unless a single millisecond has more. */
const PORTION = 2_000;

interface MatchRow {
  readonly ms: number;
  readonly body: string;
}

/** Matches as a set by tenant and event. */
export class PostgresMatches implements MatchStore {
  private readonly sql: Database;

  constructor(sql: Database) {
    this.sql = sql;
  }

  async addMatches(matches: readonly MatchedEvent[]): Promise<void> {
    for (let from = 0; from < matches.length; from += ROWS_PER_INSERT) {
      const some = matches.slice(from, from + ROWS_PER_INSERT);
      await this.sql`
        insert into match (tenant, uid, ms, body) select * from unnest(
          ${some.map(({ event }) => event.metadata.tenant_uid)}::text[], ${some.map(({ uid }) => uid)}::text[],
          ${some.map(({ ms }) => ms)}::bigint[], ${some.map((match) => JSON.stringify(match))}::text[]
        ) on conflict do nothing`;
    }
  }

  async matchesSince(tenant: string, sequence: number): Promise<MatchNews | undefined> {
    const [row] = await this.sql<{ sequence: number | null; earliest: number; latest: number }[]>`
      select max(sequence) as sequence, min(ms) as earliest, max(ms) as latest
      from match where tenant = ${tenant} and sequence > ${sequence}`;
    if (!row || row.sequence === null) return undefined;
    return { sequence: row.sequence, earliestMs: row.earliest, latestMs: row.latest };
  }

  findEach(tenant: string, uids: readonly string[]): Promise<readonly MatchedEvent[]> {
    return asTenant(this.sql, tenant, async (sql) => {
      const rows = await sql<{ body: string }[]>`
        select body from match where tenant = ${tenant} and uid = any (${[...uids]})`;
      return rows.map(({ body }) => readMatch(body));
    });
  }

  async *matches(tenant: string, fromMs: number, toMs: number): AsyncGenerator<readonly MatchedEvent[]> {
    for (let from = fromMs; ;) {
      // A portion ends with a millisecond, however many matches that one has.
      const rows = await this.sql<MatchRow[]>`
        select ms, body from match where tenant = ${tenant} and ms >= ${from} and ms < ${toMs} and ms <= coalesce((
          select ms from match where tenant = ${tenant} and ms >= ${from} and ms < ${toMs} order by ms offset ${PORTION - 1} limit 1
        ), ${toMs}) order by ms`;
      if (rows.length === 0) return;
      yield rows.map(({ body }) => readMatch(body)).sort(compareOrder);
      from = rows.at(-1)!.ms + 1;
    }
  }

  async quietBefore(tenant: string, ms: number, gapMs: number): Promise<number> {
    const [row] = await this.sql<{ ms: number | null }[]>`
      select max(ms) as ms from (
        select ms, lag(ms) over (order by ms) as before from match where tenant = ${tenant} and ms <= ${ms}
      ) stretch where before is null or ms - before > ${gapMs}`;
    return row?.ms ?? ms;
  }
}

function readMatch(body: string): MatchedEvent {
  const match = JSON.parse(body) as MatchedEvent;
  return { ...match, fields: Object.assign(Object.create(null) as object, match.fields) as MatchedEvent['fields'] };
}
