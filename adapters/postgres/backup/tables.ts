import type { Database } from '../database.ts';

/** What a copy of the database holds besides the rows. */
export interface DatabaseCopy {
  /** The newest migration. */
  readonly migration: number;
  /** Numbers with which partitions begin. */
  readonly partitions: { readonly batch: readonly number[]; readonly payload: readonly number[] };
  readonly sequences: readonly { readonly name: string; readonly value: number }[];
  /** The number that the next batch would have had. */
  readonly nextBatch: number;
  /** Records that retention had let go. */
  readonly expired: number;
}

/** All tables with rows of their own; one that refers to another comes after it, for it was made later. */
export async function tableNames(sql: Database): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> 'migration'
    order by oid`;
  return rows.map(({ name }) => name);
}
