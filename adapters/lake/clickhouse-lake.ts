import type { Lake, LakeCount, LakeDay, LakeDisk, LakeFinding, SearchResult } from '@yuheng/engine';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouse } from './clickhouse.ts';
import { LakeError } from './lake-error.ts';
import { mendRows } from './mend-rows.ts';
import { migrate } from './migrations.ts';
import { search, type SearchLimits } from './search/search.ts';
import { settings } from './sql-text.ts';
import { STORED, type TableName } from './tables.ts';

/** How long a write is tried again while the engine does not answer. */
const RETRY_MS = 120_000;
const RETRY_STEP_MS = 100;
/** A batch becomes one part: it is there, or it is not. */
const ONE_BLOCK = settings({
  max_insert_block_size: 100_000_000,
  min_insert_block_size_rows: 100_000_000,
  min_insert_block_size_bytes: 4_000_000_000,
  max_partitions_per_insert_block: 0,
  async_insert: 0,
});
const DELETED_WHEN_DONE = settings({ lightweight_deletes_sync: 2, mutations_sync: 2 });
const PLAIN_NUMBERS = settings({ output_format_json_quote_64bit_integers: 0 });

/** Gives the engine, wherever it runs. */
export interface ClickHouseSource {
  /** Waits while it is started; throws a retryable `LakeError`. */
  get(): Promise<ClickHouse>;
  close(): Promise<void>;
}

/** The lake in ClickHouse's dialect: the embedded engine and a cluster are the same to it. */
export class ClickHouseLake implements Lake {
  private readonly source: ClickHouseSource;
  private readonly limits: SearchLimits;

  private constructor(source: ClickHouseSource, limits: SearchLimits) {
    this.source = source;
    this.limits = limits;
  }

  /** Brings the tables to their newest shape; when that fails, the source is closed. Throws `LakeError`. */
  static async open(source: ClickHouseSource, limits: SearchLimits): Promise<ClickHouseLake> {
    const lake = new ClickHouseLake(source, limits);
    try {
      await lake.persist((clickhouse) => migrate(clickhouse));
      return lake;
    } catch (error) {
      await source.close();
      throw error;
    }
  }

  async insert(rows: Uint8Array, batches: readonly number[], replay: boolean): Promise<void> {
    await this.persist(async (clickhouse, again) => {
      if (replay || again) await removeBatches(clickhouse, batches);
      if (rows.length > 0) await insertRows(clickhouse, 'events', rows);
    });
  }

  async insertFindings(kind: 'findings' | 'incidents', rows: readonly LakeFinding[]): Promise<void> {
    if (rows.length === 0) return;
    const body = Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'));
    // Sent twice, they are one: the newest revision of a uid counts.
    await this.persist((clickhouse) => insertRows(clickhouse, kind, body));
  }

  search(tenant: string, query: string): Promise<SearchResult> {
    return search((work) => this.persist(work), tenant, query, this.limits);
  }

  counts(day?: number): Promise<readonly LakeCount[]> {
    const where = day === undefined ? '' : `WHERE toYYYYMMDD(received) = ${day}`;
    return this.persist((clickhouse) => countRecords(clickhouse, where));
  }

  days(): Promise<readonly LakeDay[]> {
    return this.persist(daysKept);
  }

  async *readDay(day: number, belowBatch: number): AsyncGenerator<Uint8Array> {
    const clickhouse = await this.source.get();
    const milliseconds = (column: string): string => `toUnixTimestamp64Milli(${column}) AS ${column}`;
    const rows = clickhouse.read(
      `SELECT * REPLACE (${milliseconds('time')}, ${milliseconds('received')}) FROM ` +
        `(SELECT * FROM ${STORED.events} WHERE toYYYYMMDD(received) = ${day} AND batch < ${belowBatch}) ${PLAIN_NUMBERS}`,
    );
    for await (const texts of rows) if (texts.length > 0) yield Buffer.from(`${texts.join('\n')}\n`);
  }

  dropDay(day: number): Promise<void> {
    return this.persist((clickhouse) => clickhouse.command(`ALTER TABLE ${STORED.events} DROP PARTITION ${day}`));
  }

  disk(): Promise<LakeDisk> {
    return this.persist(async (clickhouse) => {
      const [row] = await clickhouse.rows<{ total: string; free: string }>(
        'SELECT sum(total_space) AS total, sum(free_space) AS free FROM system.disks',
      );
      const totalBytes = Number(row?.total ?? 0);
      return { totalBytes, usedBytes: totalBytes - Number(row?.free ?? 0) };
    });
  }

  close(): Promise<void> {
    return this.source.close();
  }

  /** Does a piece of work that may be done twice; again while the engine does not answer. */
  private async persist<T>(work: (clickhouse: ClickHouse, again: boolean) => Promise<T>): Promise<T> {
    for (let again = false, since = performance.now(); ; again = true) {
      try {
        return await work(await this.source.get(), again);
      } catch (error) {
        const goOn = error instanceof LakeError && error.retryable && performance.now() - since < RETRY_MS;
        if (!goOn) throw error;
        await sleep(RETRY_STEP_MS);
      }
    }
  }
}

async function insertRows(clickhouse: ClickHouse, table: TableName, rows: Uint8Array): Promise<void> {
  const sql = `INSERT INTO ${STORED[table]} ${ONE_BLOCK} FORMAT JSONEachRow`;
  try {
    await clickhouse.insert(sql, rows);
  } catch (error) {
    const mended = error instanceof LakeError && error.code === 'YH-LAKE-FAILED' ? mendRows(rows) : undefined;
    if (!mended) throw error;
    await clickhouse.insert(sql, mended);
  }
}

async function removeBatches(clickhouse: ClickHouse, batches: readonly number[]): Promise<void> {
  if (batches.length === 0) return;
  const where = `WHERE batch IN (${batches.map(String).join(', ')})`;
  const [row] = await clickhouse.rows<{ found: number }>(
    `SELECT toUInt8(count() > 0) AS found FROM ${STORED.events} ${where}`,
  );
  if (row?.found) await clickhouse.command(`DELETE FROM ${STORED.events} ${where} ${DELETED_WHEN_DONE}`);
}

async function countRecords(clickhouse: ClickHouse, where: string): Promise<LakeCount[]> {
  const rows = await clickhouse.rows<{ tenant: string; source: string; records: string | number }>(
    `SELECT tenant, source, sum(records) AS records FROM ${STORED.events} ${where} GROUP BY tenant, source ORDER BY tenant, source`,
  );
  return rows.map((row) => ({ ...row, records: Number(row.records) }));
}

async function daysKept(clickhouse: ClickHouse): Promise<LakeDay[]> {
  const rows = await clickhouse.rows<{ day: number; bytes: string }>(
    'SELECT toUInt32(partition) AS day, sum(bytes_on_disk) AS bytes FROM system.parts ' +
      `WHERE database = currentDatabase() AND table = '${STORED.events}' AND active GROUP BY day ORDER BY day`,
  );
  return rows.map(({ day, bytes }) => ({ day, bytes: Number(bytes) }));
}
