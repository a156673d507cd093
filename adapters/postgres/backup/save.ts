import type { Readable } from 'node:stream';
import { inTransaction, type Database } from '../database.ts';
import { Partitions } from '../journal/partitions.ts';
import { tableNames, type DatabaseCopy } from './tables.ts';

/** Copies all tables as of one moment. `write` gets each table in COPY's binary format and has to read it to its end. */
export async function saveDatabase(
  sql: Database,
  write: (table: string, rows: Readable) => Promise<void>,
): Promise<DatabaseCopy> {
  return inTransaction(sql, async (transaction) => {
    await transaction`set transaction isolation level repeatable read, read only`;
    for (const table of await tableNames(transaction)) {
      const rows = await transaction`copy (select * from ${transaction(table)}) to stdout (format binary)`.readable();
      await write(table, rows);
      // The driver leaves its socket paused when the last rows and the end of a table arrive together; reading on wakes it.
      rows._read(0);
    }
    return describe(transaction);
  });
}

/** How many records retention has let go by now. */
export async function countExpired(sql: Database): Promise<number> {
  const [row] = await sql<{ expired: number }[]>`select coalesce(sum(expired), 0)::bigint as expired from rolled`;
  return row!.expired;
}

async function describe(sql: Database): Promise<DatabaseCopy> {
  const [row] = await sql<{ migration: number; next: number }[]>`
    select (select max(number) from migration) as migration, (select next from journal_number) as next`;
  // Sequences stand outside of transactions: read after the rows, they are never behind them.
  const sequences = await sql<{ name: string; value: number }[]>`
    select sequencename as name, last_value as value from pg_sequences where schemaname = 'public' and last_value is not null`;
  const starts = async (table: 'batch' | 'payload'): Promise<number[]> => {
    const partitions = new Partitions(sql, table);
    await partitions.load();
    return partitions.below(Infinity);
  };
  return {
    migration: row!.migration,
    partitions: { batch: await starts('batch'), payload: await starts('payload') },
    sequences: sequences.map(({ name, value }) => ({ name, value })),
    nextBatch: row!.next,
    expired: await countExpired(sql),
  };
}
