import type {
  ConclusionMark,
  FindingKind,
  FindingStore,
  KeptFinding,
  ListedFinding,
  Order,
  Page,
  Revision,
  Status,
} from '@yuheng/engine';
import { asTenant, inTransaction, type Database } from '../database.ts';
import { filterCondition } from './incident-filter.ts';

/** Who writes holds this lock with the others; who reads changes holds it alone, so that no revision appears behind the ones it has read. */
export const WRITERS = 7_420;

const TABLE = { findings: 'finding', incidents: 'incident' } as const;
/** Rows of one insert. */
const ROWS_PER_INSERT = 1_000;

interface FindingRow {
  readonly uid: string;
  readonly ms: number;
  readonly ns: number;
  readonly source: string;
  readonly file: string;
  readonly number: number;
  readonly severity_id: number;
  readonly title: string;
  readonly rule: string;
  readonly body: string;
  readonly revision: number;
  readonly retracted: boolean;
  readonly tenant: string;
  readonly status?: Status;
  readonly reason?: string;
  readonly owner?: string;
}

/** Findings and incidents by uid. A row changes, and gets a new revision, only when what it says changes. */
export class PostgresFindings implements FindingStore {
  private readonly sql: Database;

  constructor(sql: Database) {
    this.sql = sql;
  }

  async preview(tenant: string, findings: readonly KeptFinding[]): Promise<void> {
    if (findings.length === 0) return;
    await inTransaction(this.sql, async (transaction) => {
      await transaction`select pg_advisory_xact_lock_shared(${WRITERS})`;
      for (let from = 0; from < findings.length; from += ROWS_PER_INSERT) {
        const rows = findings.slice(from, from + ROWS_PER_INSERT).map((finding) => rowOf(tenant, finding));
        await transaction`insert into finding ${transaction(rows)} on conflict do nothing`;
      }
    });
  }

  async mark(tenant: string): Promise<ConclusionMark> {
    const [row] = await this.sql<{ concluded_ms: number; sequence: number }[]>`
      select concluded_ms, sequence from conclusion where tenant = ${tenant}`;
    return { concludedMs: row?.concluded_ms ?? 0, sequence: row?.sequence ?? 0 };
  }

  async revise(tenant: string, revision: Revision): Promise<void> {
    const { findings, incidents, retractedFindings, retractedIncidents, concludedMs, sequence } = revision;
    await inTransaction(this.sql, async (sql) => {
      await sql`select pg_advisory_xact_lock_shared(${WRITERS})`;
      await upsert(sql, 'finding', tenant, findings);
      await upsert(sql, 'incident', tenant, incidents);
      if (retractedFindings.length > 0)
        await sql`
          update finding set retracted = true, revision = nextval('revision')
          where tenant = ${tenant} and uid in ${sql(retractedFindings)} and not retracted`;
      for (const { uid, into } of retractedIncidents) await retractIncident(sql, tenant, uid, into);
      await sql`
        insert into conclusion (tenant, concluded_ms, sequence) values (${tenant}, ${concludedMs}, ${sequence})
        on conflict (tenant) do update set concluded_ms = excluded.concluded_ms, sequence = excluded.sequence`;
    });
  }

  async standingFindings(tenant: string, fromMs: number, toMs: number): Promise<readonly string[]> {
    const rows = await this.sql<{ uid: string }[]>`
      select uid from finding where tenant = ${tenant} and ms >= ${fromMs} and ms < ${toMs} and not retracted`;
    return rows.map(({ uid }) => uid);
  }

  async standingIncidents(tenant: string, fromMs: number): Promise<readonly string[]> {
    const rows = await this.sql<{ uid: string }[]>`
      select uid from incident where tenant = ${tenant} and end_ms >= ${fromMs} and not retracted`;
    return rows.map(({ uid }) => uid);
  }

  list(kind: FindingKind, tenant: string, page: Page): Promise<readonly ListedFinding[]> {
    const { limit, after, descending, ...filter } = page;
    return asTenant(this.sql, tenant, async (sql) => {
      const beyond = after
        ? sql`and (ms, ns, source, file, number, uid) ${descending ? sql`<` : sql`>`}
            (${after.ms}, ${after.ns}, ${after.source}, ${after.file}, ${after.number}, ${after.uid})`
        : sql``;
      const way = descending ? sql`desc` : sql`asc`;
      const rows = await sql<FindingRow[]>`
        select * from ${sql(TABLE[kind])} where tenant = ${tenant} and not retracted ${beyond} ${filterCondition(sql, filter)}
        order by ms ${way}, ns ${way}, source ${way}, file ${way}, number ${way}, uid ${way} limit ${limit}`;
      return rows.map(toListed);
    });
  }

  find(kind: FindingKind, tenant: string, uid: string): Promise<ListedFinding | undefined> {
    return asTenant(this.sql, tenant, async (sql) => {
      if (kind === 'findings') {
        const [row] = await sql<FindingRow[]>`select * from finding where tenant = ${tenant} and uid = ${uid}`;
        return row && toListed(row);
      }
      const [row] = await sql<FindingRow[]>`
        with recursive taken as (
          select * from incident where tenant = ${tenant} and uid = ${uid}
          union all
          select incident.* from incident join taken on incident.tenant = taken.tenant and incident.uid = taken.taken_up_by and taken.retracted
        ) select * from taken order by retracted limit 1`;
      return row && toListed(row);
    });
  }

  findEach(tenant: string, uids: readonly string[]): Promise<readonly ListedFinding[]> {
    return asTenant(this.sql, tenant, async (sql) => {
      const rows = await sql<FindingRow[]>`
        select finding.* from finding join unnest(${[...uids]}::text[]) with ordinality as asked (uid, place) using (uid)
        where tenant = ${tenant} order by place`;
      return rows.map(toListed);
    });
  }

  async changes(
    kind: FindingKind,
    afterRevision: number,
    limit: number,
  ): Promise<readonly (ListedFinding & { readonly tenant: string })[]> {
    const rows = await inTransaction(this.sql, async (transaction) => {
      await transaction`select pg_advisory_xact_lock(${WRITERS})`;
      return transaction<FindingRow[]>`
        select * from ${transaction(TABLE[kind])} where revision > ${afterRevision} order by revision limit ${limit}`;
    });
    return rows.map((row) => ({ ...toListed(row), tenant: row.tenant }));
  }

  count(kind: FindingKind, tenant: string): Promise<number> {
    return asTenant(this.sql, tenant, async (sql) => {
      const [row] = await sql<{ count: number }[]>`
        select count(*) as count from ${sql(TABLE[kind])} where tenant = ${tenant} and not retracted`;
      return row!.count;
    });
  }
}

async function upsert(
  sql: Database,
  table: 'finding' | 'incident',
  tenant: string,
  all: readonly KeptFinding[],
): Promise<void> {
  for (let from = 0; from < all.length; from += ROWS_PER_INSERT) {
    const rows = all.slice(from, from + ROWS_PER_INSERT).map((finding) => ({
      ...rowOf(tenant, finding),
      ...(table === 'incident' ? { end_ms: finding.endMs ?? finding.order.ms, words: finding.words ?? '' } : {}),
    }));
    const own =
      table === 'incident' ? sql`, end_ms = excluded.end_ms, words = excluded.words, taken_up_by = null` : sql``;
    await sql`
      insert into ${sql(table)} ${sql(rows)} on conflict (tenant, uid) do update set
        ms = excluded.ms, ns = excluded.ns, source = excluded.source, file = excluded.file, number = excluded.number,
        severity_id = excluded.severity_id, title = excluded.title, body = excluded.body, retracted = false,
        revision = nextval('revision') ${own}
      where ${sql(table)}.body <> excluded.body or ${sql(table)}.retracted`;
  }
}

function rowOf(tenant: string, { uid, order, severityId, title, rule, body }: KeptFinding) {
  const { ms, ns, source, file, number } = order;
  return { tenant, uid, ms, ns, source, file, number, severity_id: severityId, title, rule, body };
}

/** What people made of an incident moves with it to the one that took it up, unless that one has its own. */
async function retractIncident(sql: Database, tenant: string, uid: string, into: string | undefined): Promise<void> {
  const [retracted] = await sql<{ status: Status; reason: string; owner: string }[]>`
    update incident set retracted = true, taken_up_by = ${into ?? null}, revision = nextval('revision')
    where tenant = ${tenant} and uid = ${uid} and not retracted returning status, reason, owner`;
  if (!retracted || into === undefined) return;
  const { status, reason, owner } = retracted;
  if (status !== 'new')
    await sql`
      update incident set status = ${status}, reason = ${reason}, revision = nextval('revision')
      where tenant = ${tenant} and uid = ${into} and status = 'new'`;
  if (owner !== '')
    await sql`
      update incident set owner = ${owner}, revision = nextval('revision')
      where tenant = ${tenant} and uid = ${into} and owner = ''`;
}

function toListed(row: FindingRow): ListedFinding {
  const { uid, ms, ns, source, file, number, severity_id, title, rule, body, revision, retracted } = row;
  const { status, reason, owner } = row;
  const order: Order = { ms, ns, source, file, number, uid };
  return {
    uid,
    order,
    severityId: severity_id,
    title,
    rule,
    body,
    revision,
    retracted,
    ...(status === undefined ? {} : { status }),
    ...(reason === undefined ? {} : { reason }),
    ...(owner === undefined ? {} : { owner }),
  };
}
