import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { inTransaction, type Database } from '../database.ts';
import { Partitions } from '../journal/partitions.ts';
import { migrate, MIGRATIONS, NewerDatabase } from '../migrations/migrate.ts';
import { tableNames, type DatabaseCopy } from './tables.ts';

/** Fills an empty database with a copy, in the shape in which it was saved; a later start brings it up to date. Throws `NewerDatabase`. */
export async function loadDatabase(
  sql: Database,
  copy: DatabaseCopy,
  open: (table: string) => Readable,
): Promise<void> {
  const { migration, partitions, sequences } = copy;
  if (!MIGRATIONS.some(({ number }) => number === migration))
    throw new NewerDatabase(
      `The copy was made at migration ${migration}, which this version of Yuheng does not know. Restore it with the version that made it, or a newer one.`,
    );
  await migrate(
    sql,
    MIGRATIONS.filter(({ number }) => number <= migration),
  );
  for (const table of ['batch', 'payload'] as const)
    for (const start of partitions[table]) await new Partitions(sql, table).makeRoom(start, start);
  await inTransaction(sql, async (transaction) => {
    const tables = await tableNames(transaction);
    await transaction`truncate ${transaction(tables)}`;
    for (const table of tables)
      await pipeline(open(table), await transaction`copy ${transaction(table)} from stdin (format binary)`.writable());
    for (const { name, value } of sequences) await transaction`select setval(${name}::regclass, ${value})`;
  });
}
