import type {
  NewNotice,
  Notice,
  NoticeChannel,
  NoticeCount,
  NoticeFeed,
  NoticeOutcome,
  NoticeState,
  NoticeStore,
  Order,
} from '@yuheng/engine';
import { asTenant, type Database } from '../database.ts';

interface NoticeRow {
  readonly tenant: string;
  readonly uid: string;
  readonly channel: NoticeChannel;
  readonly about: string;
  readonly severity_id: number;
  readonly title: string;
  readonly body: string;
  readonly created_ms: number;
  readonly state: NoticeState;
  readonly attempts: number;
  readonly due_ms: number;
  readonly settled_ms: number | null;
  readonly error: string;
}

/** The outbox of notices, with the marks of what was read for it among the settings. */
export class PostgresNotices implements NoticeStore {
  private readonly sql: Database;

  constructor(sql: Database) {
    this.sql = sql;
  }

  async follow(feed: NoticeFeed): Promise<number> {
    await this.sql`
      insert into setting (name, value) select ${markOf(feed)}, to_jsonb(case when is_called then last_value else 0 end) from revision
      on conflict do nothing`;
    const [row] = await this.sql<{ value: number }[]>`
      select value::text::bigint as value from setting where name = ${markOf(feed)}`;
    return row!.value;
  }

  async unfollow(feed: NoticeFeed): Promise<void> {
    await this.sql`delete from setting where name = ${markOf(feed)}`;
  }

  async write(feed: NoticeFeed, notices: readonly NewNotice[], mark: number): Promise<void> {
    await this.sql.begin(async (transaction) => {
      const sql = transaction as unknown as Database;
      for (const notice of notices) await insert(sql, notice);
      await sql`update setting set value = ${sql.json(mark)} where name = ${markOf(feed)}`;
    });
  }

  async due(channel: NoticeChannel, nowMs: number, maxWaitMs: number, limit: number): Promise<readonly Notice[]> {
    const rows = await this.sql<NoticeRow[]>`
      select * from notice where channel = ${channel} and state = 'pending'
        and (due_ms <= ${nowMs} or due_ms > ${nowMs + maxWaitMs}) order by due_ms, uid limit ${limit}`;
    return rows.map(toNotice);
  }

  async book({ tenant, uid }: Pick<Notice, 'tenant' | 'uid'>, outcome: NoticeOutcome): Promise<void> {
    const { sql } = this;
    const failed = outcome.state === 'sent' ? 0 : 1;
    const when = outcome.state === 'pending' ? sql`, due_ms = ${outcome.dueMs}` : sql`, settled_ms = ${outcome.atMs}`;
    await sql`
      update notice set state = ${outcome.state}, attempts = attempts + ${failed}, error = ${outcome.error} ${when}
      where tenant = ${tenant} and uid = ${uid}`;
  }

  counts(tenant: string): Promise<readonly NoticeCount[]> {
    return asTenant(this.sql, tenant, async (sql) => {
      const rows = await sql<{ channel: NoticeChannel; pending: number; sent: number; failed: number }[]>`
        select channel, count(*) filter (where state = 'pending') as pending, count(*) filter (where state = 'sent') as sent,
          count(*) filter (where state = 'failed') as failed
        from notice where tenant = ${tenant} group by channel order by channel`;
      return rows.map(({ channel, pending, sent, failed }) => ({ channel, pending, sent, failed }));
    });
  }

  list(tenant: string, limit: number, after?: Order): Promise<readonly Notice[]> {
    return asTenant(this.sql, tenant, async (sql) => {
      const beyond = after ? sql`and (created_ms, channel, uid) < (${after.ms}, ${after.source}, ${after.uid})` : sql``;
      const rows = await sql<NoticeRow[]>`
        select * from notice where tenant = ${tenant} ${beyond}
        order by created_ms desc, channel desc, uid desc limit ${limit}`;
      return rows.map(toNotice);
    });
  }
}

function markOf(feed: NoticeFeed): string {
  return `noticed-${feed}`;
}

async function insert(sql: Database, notice: NewNotice): Promise<void> {
  const { tenant, uid, channel, about, severityId, title, body, createdMs } = notice;
  await sql`
    with recursive same as (
      select ${about}::text as uid
      union select incident.uid from incident join same on incident.tenant = ${tenant} and incident.taken_up_by = same.uid
    )
    insert into notice (tenant, uid, channel, about, severity_id, title, body, created_ms, due_ms)
    select ${tenant}, ${uid}, ${channel}, ${about}, ${severityId}, ${title}, ${body}, ${createdMs}, ${createdMs}
    where not exists (
      select from notice where tenant = ${tenant} and channel = ${channel} and severity_id >= ${severityId}
        and about in (select same.uid from same)
    )
    on conflict do nothing`;
}

function toNotice(row: NoticeRow): Notice {
  const { tenant, uid, channel, about, title, body, state, attempts, error } = row;
  return {
    uid,
    tenant,
    channel,
    about,
    severityId: row.severity_id,
    title,
    body,
    createdMs: row.created_ms,
    state,
    attempts,
    dueMs: row.due_ms,
    ...(row.settled_ms === null ? {} : { settledMs: row.settled_ms }),
    error,
  };
}
