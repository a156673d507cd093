import { ClickHouseError } from '@clickhouse/client';
import { SearchError, type SearchResult } from '@yuheng/engine';
import type { ClickHouse } from '../clickhouse.ts';
import { LakeError } from '../lake-error.ts';
import { settings } from '../sql-text.ts';
import { tenantTables } from '../tables.ts';
import { readAst } from './ast.ts';
import { checkAst, ownTables } from './check.ts';
import { askedRows } from './row-bound.ts';
import { scan, type ScannedQuery } from './tokens.ts';

/** Bounds of one search. */
export interface SearchLimits {
  /** Rows that are given when the query does not ask for more. */
  readonly rows: number;
  /** Rows that are given however many the query asks for. */
  readonly maxRows: number;
  /** Characters of the rows as JSON texts. */
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

/** Does a piece of work with the engine, again while it does not answer. */
type Reach = <T>(work: (clickhouse: ClickHouse) => Promise<T>) => Promise<T>;

type Row = SearchResult['rows'][number];

/**
 * Runs a user's query over one tenant's tables. What the engine itself reads in it is held against lists of what is allowed; only then it
 * runs, once, inside brackets of ours, where the tables' names mean this tenant's rows. Throws `SearchError`.
 */
export async function search(reach: Reach, tenant: string, query: string, limits: SearchLimits): Promise<SearchResult> {
  const since = performance.now();
  try {
    const scanned = scan(query);
    const clickhouse = await reach((engine) => check(engine, scanned));
    const bound = Math.max(limits.rows, Math.min(askedRows(scanned.tokens), limits.maxRows));
    const { rows, truncated } = await read(clickhouse, boundSql(tenant, scanned.text, bound, limits), bound, limits);
    return { rows, elapsedMs: Math.round(performance.now() - since), truncated };
  } catch (error) {
    throw toSearchError(error);
  }
}

async function check(clickhouse: ClickHouse, { text, tokens }: ScannedQuery): Promise<ClickHouse> {
  const own = ownTables(tokens);
  const ast = await clickhouse.explain(`SELECT * FROM (\n${text}\n)`);
  const context = { ownTables: own, engineFunctions: await clickhouse.functionNames() };
  for (const child of readAst(ast).children) checkAst(child, context);
  return clickhouse;
}

function boundSql(tenant: string, text: string, bound: number, limits: SearchLimits): string {
  const allowed = settings({
    max_execution_time: limits.seconds,
    max_memory_usage: limits.memoryBytes,
    output_format_json_quote_64bit_integers: 1,
    output_format_json_quote_denormals: 1,
    session_timezone: 'UTC',
    readonly: 1,
  });
  return `WITH ${tenantTables(tenant)}\nSELECT * FROM (\n${text}\n) LIMIT ${bound + 1} ${allowed}`;
}

async function read(
  clickhouse: ClickHouse,
  sql: string,
  bound: number,
  { maxBytes }: SearchLimits,
): Promise<{ rows: Row[]; truncated: boolean }> {
  const rows: Row[] = [];
  let bytes = 0;
  for await (const texts of clickhouse.read(sql)) {
    for (const text of texts) {
      bytes += text.length;
      if (rows.length === bound || bytes > maxBytes) return { rows, truncated: true };
      rows.push(JSON.parse(text) as Row);
    }
  }
  return { rows, truncated: false };
}

/** ClickHouse's error codes (src/Common/ErrorCodes.cpp). */
const KINDS = new Map<string, SearchError['kind']>([
  ['62', 'syntax'],
  ['164', 'refused'], // READONLY
  ['456', 'refused'], // UNKNOWN_QUERY_PARAMETER
  ['158', 'limit'], // TOO_MANY_ROWS
  ['159', 'limit'], // TIMEOUT_EXCEEDED
  ['160', 'limit'], // TOO_SLOW
  ['167', 'limit'], // TOO_DEEP_AST
  ['168', 'limit'], // TOO_BIG_AST
  ['241', 'limit'], // MEMORY_LIMIT_EXCEEDED
  ['306', 'limit'], // TOO_DEEP_RECURSION
  ['307', 'limit'], // TOO_MANY_BYTES
  ['396', 'limit'], // TOO_MANY_ROWS_OR_BYTES
]);

function toSearchError(error: unknown): unknown {
  if (!(error instanceof LakeError)) return error;
  const { cause } = error;
  if (!(cause instanceof ClickHouseError)) return new SearchError('failed', error.message);
  const kind = KINDS.get(cause.code) ?? 'failed';
  // The scope repeats the whole statement with our part of it, which positions count too.
  const why = cause.message
    .replace(/:? [Ii]n scope [^]*?(?=\. Maybe you meant|$)/, '')
    .replace(/ at position \d+| \(line \d+, col \d+\)/g, '')
    .trim();
  const advice = kind === 'limit' ? ' Ask for a shorter time, fewer columns or fewer groups.' : '';
  return new SearchError(kind, `${why}${advice}`);
}
