import { ask } from './api.ts';
import { FIELDS, bound, conditionOf, type FilterName } from './filters.ts';
import type { Address } from './address.ts';
import type { Found } from './shapes.ts';

/** Rows of one page, bars of the histogram, values of one field. */
const PAGE = 100;
const BARS = 60;
const TOP = 5;

/** Widths that a bar may have, s: a clock's and a calendar's. */
const WIDTHS = [1, 5, 15, 60, 300, 900, 3_600, 10_800, 43_200, 86_400, 604_800, 2_592_000];

/** An event in the list. */
export interface EventRow {
  readonly uid: string;
  readonly ms: number;
  readonly source: string;
  readonly host: string;
  readonly user: string;
  readonly address: string;
  readonly raw_data: string;
}

/** All that the page shows of what matches. */
export interface Matching {
  readonly count: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly rows: readonly EventRow[];
  /** Where the next page begins (ms, exclusive); absent at the end. */
  readonly before?: number;
  readonly barMs: number;
  readonly bars: readonly { readonly ms: number; readonly n: number }[];
  readonly top: { readonly [field in FilterName]: readonly { readonly value: string; readonly n: number }[] };
}

/** Runs one query of our own or a person's. */
export function search<Row>(query: string): Promise<Found<Row>> {
  return ask<Found<Row>>('/api/v1/search', { method: 'POST', body: { query } });
}

/** Counts, lists and sums up the events that the filters of the address let through. */
export async function searchEvents(address: Address): Promise<Matching> {
  const where = conditionOf(address) || '1';
  const [span, list] = await Promise.all([
    search<{ n: string; first: string; last: string }>(
      `SELECT count() AS n, toUnixTimestamp64Milli(min(time)) AS first, toUnixTimestamp64Milli(max(time)) AS last FROM events WHERE ${where}`,
    ),
    listEvents(address, where),
  ]);
  const [count, fromMs, toMs] = [span.rows[0]?.n, span.rows[0]?.first, span.rows[0]?.last].map(Number) as [
    number,
    number,
    number,
  ];
  const width = WIDTHS.find((seconds) => (toMs - fromMs) / 1000 / seconds < BARS) ?? WIDTHS.at(-1)!;
  const [bars, top] = await Promise.all([
    search<{ t: string; n: string }>(
      `SELECT intDiv(toUnixTimestamp64Milli(time), ${width * 1000}) AS t, count() AS n FROM events WHERE ${where} GROUP BY t ORDER BY t LIMIT 10000`,
    ),
    topOfEach(where),
  ]);
  return {
    count,
    fromMs,
    toMs,
    ...list,
    barMs: width * 1000,
    bars: bars.rows.map(({ t, n }) => ({ ms: Number(t) * width * 1000, n: Number(n) })),
    top,
  };
}

async function listEvents(address: Address, where: string): Promise<Pick<Matching, 'rows' | 'before'>> {
  const conditions = [where, ...bound(address.params.get('before'), '<')].join(' AND ');
  const { rows } = await search<Omit<EventRow, 'ms'> & { ms: string }>(
    `SELECT uid, toUnixTimestamp64Milli(time) AS ms, source, host, user, address, raw_data FROM events WHERE ${conditions} ORDER BY time DESC LIMIT ${PAGE} WITH TIES`,
  );
  const events = rows.map((row) => ({ ...row, ms: Number(row.ms) }));
  return { rows: events, ...(rows.length < PAGE ? {} : { before: events.at(-1)!.ms }) };
}

async function topOfEach(where: string): Promise<Matching['top']> {
  const [source, host, user, address] = await Promise.all(FIELDS.map((field) => topOf(field, where)));
  return { source: source!, host: host!, user: user!, address: address! };
}

async function topOf(field: FilterName, where: string): Promise<{ readonly value: string; readonly n: number }[]> {
  const { rows } = await search<{ value: string; n: string }>(
    `SELECT ${field} AS value, count() AS n FROM events WHERE ${where} AND ${field} != '' GROUP BY value ORDER BY n DESC, value LIMIT ${TOP}`,
  );
  return rows.map(({ value, n }) => ({ value, n: Number(n) }));
}

/** One event as the lake has it. */
export async function readEvent(uid: string): Promise<{ readonly [name: string]: unknown }> {
  const { rows } = await search<{ event: string }>(
    `SELECT event FROM events WHERE uid = '${uid.replace(/[^\w-]/g, '')}' LIMIT 1`,
  );
  return JSON.parse(rows[0]?.event ?? '{}') as { readonly [name: string]: unknown };
}
