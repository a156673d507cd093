import postgres from 'postgres';
import type { PostgresConnection } from '../server-process.ts';

/** Runs one statement on a connection of its own. */
export async function query(connection: PostgresConnection, sql: string): Promise<Record<string, unknown>[]> {
  const client = postgres({ ...connection, max: 1, onnotice: () => {} });
  try {
    return [...(await client.unsafe(sql))];
  } finally {
    await client.end({ timeout: 1 });
  }
}
