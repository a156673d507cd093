import type { Database } from '../database.ts';

/** How many numbers a partition holds. A body's partition is dropped when all of it is in the lake; a batch's when it is rolled up. */
export const PARTITION_SIZE = { batch: 65_536, payload: 1_024 } as const;

export type Partitioned = keyof typeof PARTITION_SIZE;

/** The partitions of one table, by the number that each begins with. */
export class Partitions {
  private readonly sql: Database;
  private readonly table: Partitioned;
  private readonly starts = new Set<number>();

  constructor(sql: Database, table: Partitioned) {
    this.sql = sql;
    this.table = table;
  }

  /** Learns which partitions there are. */
  async load(): Promise<void> {
    const rows = await this.sql<{ name: string }[]>`
      select inhrelid::regclass::text as name from pg_inherits where inhparent = ${this.table}::regclass`;
    for (const { name } of rows) this.starts.add(Number(name.slice(this.table.length + 1)));
  }

  /** Makes the partitions that these numbers need. */
  async makeRoom(first: number, last: number): Promise<void> {
    const size = PARTITION_SIZE[this.table];
    for (let start = first - (first % size); start <= last; start += size) {
      if (this.starts.has(start)) continue;
      await this.sql.unsafe(
        `create table if not exists ${this.table}_${start} partition of ${this.table} for values from (${start}) to (${start + size})`,
      );
      this.starts.add(start);
    }
  }

  /** Partitions whose numbers all lie below, the first ones first. */
  below(number: number): number[] {
    return [...this.starts].filter((start) => start + PARTITION_SIZE[this.table] <= number).sort((a, b) => a - b);
  }

  async drop(start: number): Promise<void> {
    await this.sql.unsafe(`drop table if exists ${this.table}_${start}`);
    this.starts.delete(start);
  }
}
