import type { ClickHouse } from './clickhouse.ts';
import { LakeError } from './lake-error.ts';
import { quoted } from './sql-text.ts';
import { STORED } from './tables.ts';

/** A step from one shape of the tables to the next; never changed once it was released. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/** A part is on the disk, with its folder, before its insert, merge or deletion counts as done. */
const DURABLE = 'fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1';
/** Left free on the disk. To its last byte the engine cannot be trusted: it was seen to acknowledge a part whose index had found no room. */
const RESERVE = 'min_free_disk_bytes_to_perform_insert = 268435456';
/** Parts that were merged away are kept no longer than a search may still read them. */
const SETTINGS = `${DURABLE}, ${RESERVE}, old_parts_lifetime = 60`;

const findingsTable = (name: string): string => `CREATE TABLE IF NOT EXISTS ${name} (
  tenant LowCardinality(String),
  uid String,
  time DateTime64(3, 'UTC'),
  severity_id UInt8,
  title String CODEC(ZSTD(1)),
  rule String CODEC(ZSTD(1)),
  body String CODEC(ZSTD(1)),
  revision UInt64,
  retracted Bool
) ENGINE = ReplacingMergeTree(revision) ORDER BY (tenant, uid) SETTINGS ${SETTINGS}`;

/** All steps, in order. */
export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    name: 'events',
    statements: [
      `CREATE TABLE IF NOT EXISTS ${STORED.events} (
  tenant LowCardinality(String),
  uid String CODEC(ZSTD(1)),
  time DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  time_ns UInt32 CODEC(ZSTD(1)),
  class_uid UInt32 CODEC(ZSTD(1)),
  severity_id UInt8 CODEC(ZSTD(1)),
  source LowCardinality(String),
  file LowCardinality(String),
  record UInt64 CODEC(Delta, ZSTD(1)),
  records UInt32 CODEC(ZSTD(1)),
  host LowCardinality(String),
  user LowCardinality(String),
  address String CODEC(ZSTD(1)),
  unparsed LowCardinality(String),
  raw_data String CODEC(ZSTD(1)),
  event String CODEC(ZSTD(1)),
  batch UInt64 CODEC(Delta, ZSTD(1)),
  received DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  position UInt32 CODEC(Delta, ZSTD(1)),
  time_suspect Bool,
  INDEX batches batch TYPE minmax GRANULARITY 1,
  INDEX words raw_data TYPE text(tokenizer = 'splitByNonAlpha')
) ENGINE = MergeTree PARTITION BY toYYYYMMDD(received) ORDER BY (tenant, time, uid) SETTINGS ${SETTINGS}`,
    ],
  },
  {
    number: 2,
    name: 'findings and incidents',
    statements: [findingsTable(STORED.findings), findingsTable(STORED.incidents)],
  },
];

/** Brings the tables to their newest shape. A step that was cut off is done again: each can be. Throws `LakeError`. */
export async function migrate(clickhouse: ClickHouse, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  await clickhouse.command(
    `CREATE TABLE IF NOT EXISTS migrations (number UInt32, name String) ENGINE = MergeTree ORDER BY number SETTINGS ${DURABLE}`,
  );
  const [row] = await clickhouse.rows<{ newest: number }>('SELECT max(number) AS newest FROM migrations');
  const newest = row?.newest ?? 0;
  if (newest > MIGRATIONS.length) throw newer(newest);
  for (const { number, name, statements } of migrations) {
    if (number <= newest) continue;
    for (const statement of statements) await clickhouse.command(statement);
    await clickhouse.command(`INSERT INTO migrations VALUES (${number}, ${quoted(name)})`);
  }
}

function newer(newest: number): LakeError {
  return new LakeError(
    'YH-LAKE-NEWER',
    `The lake was written by a newer Yuheng (its tables are at step ${newest}, this one knows ${MIGRATIONS.length}). ` +
      'Start that version, or restore a backup made by this one.',
  );
}
