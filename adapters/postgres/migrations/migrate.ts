import { inTransaction, type Database } from '../database.ts';
import { journal } from './0001-journal.ts';
import { state } from './0002-state.ts';
import { rowSecurity } from './0003-row-security.ts';
import { cursors } from './0004-cursors.ts';
import { recordBound } from './0005-record-bound.ts';
import { notices } from './0006-notices.ts';
import { silence } from './0007-silence.ts';
import { incidentWords } from './0008-incident-words.ts';
import { incidentOwner } from './0009-incident-owner.ts';

/** All migrations in their order; a number is never used again. */
export const MIGRATIONS: readonly { readonly number: number; readonly sql: string }[] = [
  { number: 1, sql: journal },
  { number: 2, sql: state },
  { number: 3, sql: rowSecurity },
  { number: 4, sql: cursors },
  { number: 5, sql: recordBound },
  { number: 6, sql: notices },
  { number: 7, sql: silence },
  { number: 8, sql: incidentWords },
  { number: 9, sql: incidentOwner },
];

/** The database was written by a later version. */
export class NewerDatabase extends Error {}

/** Brings the database up to date, each step in a transaction of its own. */
export async function migrate(sql: Database, migrations = MIGRATIONS): Promise<void> {
  await sql`create table if not exists migration (number integer primary key, at timestamptz not null default now())`;
  const done = new Set((await sql<{ number: number }[]>`select number from migration`).map(({ number }) => number));
  const unknown = [...done].filter((number) => !MIGRATIONS.some((migration) => migration.number === number));
  if (unknown.length > 0)
    throw new NewerDatabase(
      `The database knows migration ${unknown.join(', ')}, which this version of Yuheng does not. Start the newer version that wrote it.`,
    );
  for (const { number, sql: text } of migrations) {
    if (done.has(number)) continue;
    await inTransaction(sql, async (transaction) => {
      await transaction.unsafe(text);
      await transaction`insert into migration (number) values (${number})`;
    });
  }
}
