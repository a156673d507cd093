import { SearchError, type SearchResult } from '@yuheng/engine';
import type { ClickHouse } from '../clickhouse.ts';
import { LakeError } from '../lake-error.ts';
import { settings } from '../sql-text.ts';
import { tenantTables } from '../tables.ts';

/** Bounds of one search. */
export interface SearchLimits {
  /** Rows that are given when the query does not ask for more. */
  readonly rows: number;
  /** Rows that are given however many the query asks for. */
  readonly maxRows: number;
  /** Bytes of the rows as JSON text. */
  readonly maxBytes: number;
  readonly seconds: number;
  /** Memory of the engine for one query. */
  readonly memoryBytes: number;
}

/** What holds unless told otherwise. */
export const SEARCH_LIMITS: SearchLimits = {
  rows: 10_000,
  maxRows: 1_000_000,
  maxBytes: 256 * 1024 * 1024,
  seconds: 10,
  memoryBytes: 1024 * 1024 * 1024,
};

/** Runs a user's query over one tenant's tables. Throws `SearchError`. */
export async function search(
  clickhouse: ClickHouse,
  tenant: string,
  query: string,
  limits: SearchLimits,
): Promise<SearchResult> {
  const since = performance.now();
  const bound = limits.rows;
  const sql = `WITH ${tenantTables(tenant)}\nSELECT * FROM (\n${query}\n) LIMIT ${bound + 1} ${settings({
    max_execution_time: limits.seconds,
    max_memory_usage: limits.memoryBytes,
    output_format_json_quote_64bit_integers: 1,
    output_format_json_quote_denormals: 1,
    session_timezone: 'UTC',
    readonly: 1,
  })}`;
  const rows: { readonly [column: string]: unknown }[] = [];
  let bytes = 0;
  let truncated = false;
  try {
    for await (const texts of clickhouse.read(sql)) {
      for (const text of texts) {
        bytes += text.length;
        if (rows.length === bound || bytes > limits.maxBytes) truncated = true;
        else rows.push(JSON.parse(text) as { readonly [column: string]: unknown });
      }
      if (truncated) break;
    }
  } catch (error) {
    throw error instanceof LakeError ? new SearchError('failed', error.message) : error;
  }
  return { rows, elapsedMs: Math.round(performance.now() - since), truncated };
}
