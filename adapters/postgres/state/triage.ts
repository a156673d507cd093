import { STATUSES, type IncidentFilter, type Status, type TriageStore } from '@yuheng/engine';
import { asTenant, type Database } from '../database.ts';
import { WRITERS } from './findings.ts';
import { filterCondition } from './incident-filter.ts';

/** What people make of incidents. */
export class PostgresTriage implements TriageStore {
  private readonly sql: Database;

  constructor(sql: Database) {
    this.sql = sql;
  }

  setStatus(tenant: string, uid: string, status: Status, reason: string, by: string): Promise<boolean> {
    return this.change(tenant, uid, { status, reason }, by, 'incident-status');
  }

  setOwner(tenant: string, uid: string, owner: string, by: string): Promise<boolean> {
    return this.change(tenant, uid, { owner }, by, 'incident-owner');
  }

  counts(tenant: string, filter: Omit<IncidentFilter, 'status'>): Promise<{ [status in Status]: number }> {
    return asTenant(this.sql, tenant, async (sql) => {
      const rows = await sql<{ status: Status; count: number }[]>`
        select status, count(*) as count from incident
        where tenant = ${tenant} and not retracted ${filterCondition(sql, filter)} group by status`;
      const counted = new Map(rows.map(({ status, count }) => [status, count]));
      const entries = STATUSES.map((status) => [status, counted.get(status) ?? 0]);
      return Object.fromEntries(entries) as { [status in Status]: number };
    });
  }

  /** The change and its line in the audit, in one commit. */
  private change(
    tenant: string,
    uid: string,
    values: { readonly [column: string]: string },
    by: string,
    what: string,
  ): Promise<boolean> {
    return asTenant(this.sql, tenant, async (sql) => {
      await sql`select pg_advisory_xact_lock_shared(${WRITERS})`;
      const changed = await sql`
        update incident set ${sql(values)}, revision = nextval('revision') where tenant = ${tenant} and uid = ${uid}`;
      if (changed.count === 0) return false;
      await sql`
        insert into audit (tenant, who, what, about, detail) values (${tenant}, ${by}, ${what}, ${uid}, ${sql.json(values)})`;
      return true;
    });
  }
}
