import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type Database } from './database.ts';
import { startPostgres } from './server/index.ts';
import { startTcpPostgres } from './server/testing/tcp-server.ts';

/** A PostgreSQL of a test's own: the one at YUHENG_POSTGRES_URL, else an embedded one that is removed afterwards. */
export interface TestDatabase {
  readonly sql: Database;
  close(): Promise<void>;
}

/** How a database is reached: as the embedded one is, or by the URL of an operator's own. */
export const WAYS = ['socket', 'url'] as const;

/** Opens an empty database. */
export async function openTestDatabase(way: (typeof WAYS)[number] = 'socket'): Promise<TestDatabase> {
  const url = process.env['YUHENG_POSTGRES_URL'];
  if (url) {
    const sql = openDatabase(url);
    await sql.unsafe('drop schema public cascade; create schema public');
    return { sql, close: () => sql.end() };
  }
  if (way === 'url') {
    const server = await startTcpPostgres();
    const sql = openDatabase(server.url);
    return {
      sql,
      async close() {
        await sql.end();
        await server.remove();
      },
    };
  }
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-test-'));
  const server = await startPostgres({ folder, log: () => {} });
  const sql = openDatabase(server.connection);
  return {
    sql,
    async close() {
      await sql.end();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
