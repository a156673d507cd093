import type { Directory, Scope, StoredKey, StoredSession } from '@yuheng/engine';
import type { Database } from '../database.ts';

interface SessionRow {
  readonly tenant: string;
  readonly secret_hash: string;
  readonly expires_ms: number;
}

/** Tenants, keys, sign-in links and sessions. */
export class PostgresDirectory implements Directory {
  private readonly sql: Database;

  constructor(sql: Database) {
    this.sql = sql;
  }

  async tenants(): Promise<readonly string[]> {
    const rows = await this.sql<{ name: string }[]>`select name from tenant order by name collate "C"`;
    return rows.map(({ name }) => name);
  }

  async addTenant(name: string): Promise<boolean> {
    const added = await this
      .sql`insert into tenant (name, created_ms) values (${name}, ${Date.now()}) on conflict do nothing`;
    return added.count === 1;
  }

  async addKey({ id, tenant, secretHash, scopes }: StoredKey): Promise<void> {
    await this
      .sql`insert into api_key (id, tenant, secret_hash, scopes) values (${id}, ${tenant}, ${secretHash}, ${scopes as Scope[]})`;
  }

  async findKey(id: string): Promise<StoredKey | undefined> {
    const [row] = await this.sql<{ id: string; tenant: string; secret_hash: string; scopes: Scope[] }[]>`
      select id, tenant, secret_hash, scopes from api_key where id = ${id}`;
    return row && { id: row.id, tenant: row.tenant, secretHash: row.secret_hash, scopes: row.scopes };
  }

  async addSignIn({ tenant, secretHash, expiresMs }: StoredSession): Promise<void> {
    await this
      .sql`insert into sign_in (tenant, secret_hash, expires_ms) values (${tenant}, ${secretHash}, ${expiresMs})`;
  }

  async takeSignIn(secretHash: string, nowMs: number): Promise<StoredSession | undefined> {
    const [row] = await this.sql<SessionRow[]>`delete from sign_in where secret_hash = ${secretHash} returning *`;
    await this.sql`delete from sign_in where expires_ms < ${nowMs}`;
    return row && row.expires_ms >= nowMs ? toSession(row) : undefined;
  }

  async addSession({ tenant, secretHash, expiresMs }: StoredSession): Promise<void> {
    await this
      .sql`insert into session (tenant, secret_hash, expires_ms) values (${tenant}, ${secretHash}, ${expiresMs})`;
  }

  async findSession(secretHash: string, nowMs: number): Promise<StoredSession | undefined> {
    const [row] = await this.sql<SessionRow[]>`
      select * from session where secret_hash = ${secretHash} and expires_ms >= ${nowMs}`;
    return row && toSession(row);
  }

  async endSession(secretHash: string): Promise<void> {
    await this.sql`delete from session where secret_hash = ${secretHash}`;
  }
}

function toSession({ tenant, secret_hash, expires_ms }: SessionRow): StoredSession {
  return { tenant, secretHash: secret_hash, expiresMs: expires_ms };
}
