import type { Lake } from '@yuheng/engine';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClickHouseLake } from '../adapters/lake/clickhouse-lake.ts';
import type { ClickHouse } from '../adapters/lake/clickhouse.ts';
import { LakeChild } from '../adapters/lake/lake-child.ts';
import { SEARCH_LIMITS } from '../adapters/lake/search/search.ts';
import { lakeEntry } from '../adapters/lake/testing/entry.ts';
import { median, rounded, ROUNDS, type Figures } from './measure.ts';

const EVENTS = 2_000_000;
const BATCH = 10_000;
const START = Date.UTC(2026, 2, 1);
const WORDS = ['accepted', 'closed', 'denied', 'failed', 'opened', 'password', 'port', 'publickey', 'session', 'user'];

/** What analysts ask first. Each round asks something else: the engine remembers which rows met a condition, a person never asks twice. */
const QUERIES: { readonly [name: string]: (table: string, tenant: string, round: number) => string } = {
  histogram: (table, tenant, round) =>
    `SELECT toStartOfHour(time) AS hour, severity_id, count() AS n FROM ${table} WHERE ${tenant} record > ${round} GROUP BY hour, severity_id ORDER BY hour, severity_id`,
  text: (table, tenant, round) =>
    `SELECT time, host, raw_data FROM ${table} WHERE ${tenant} raw_data ILIKE '%needle-${round}%' ORDER BY time DESC LIMIT 100`,
  words: (table, tenant, round) =>
    `SELECT count() AS n FROM ${table} WHERE ${tenant} hasToken(raw_data, 'needle') AND hasToken(raw_data, '${round}')`,
  field: (table, tenant, round) =>
    `SELECT JSONExtractString(event, 'actor', 'user', 'name') AS who, count() AS n FROM ${table} WHERE ${tenant} JSONExtractUInt(event, 'dst_endpoint', 'port') = 22 AND record > ${round} GROUP BY who ORDER BY n DESC LIMIT 10`,
};

/**
 * Inserts 2 M events through the lake; then, on merged parts, asks through the lake's search and, in turn, the same by hand of the same engine,
 * without checks, bounds and tenants' views.
 */
export async function lakeBench(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-bench-'));
  const child = await LakeChild.start({ folder, entry: await lakeEntry(), log: () => {} });
  const lake = await ClickHouseLake.open(child, SEARCH_LIMITS);
  try {
    const inserted = await timeInserts(lake);
    const engine = await child.get();
    await engine.command('OPTIMIZE TABLE stored_events FINAL');
    return { ...inserted, ...(await timeQueries(lake, engine)) };
  } finally {
    await lake.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeInserts(lake: Lake): Promise<Figures> {
  const batchMs: number[] = [];
  for (let first = 0; first < EVENTS; first += BATCH) {
    const rows = makeRows(first);
    batchMs.push(await milliseconds(() => lake.insert(rows, [first / BATCH], false)));
  }
  const totalMs = batchMs.reduce((sum, ms) => sum + ms, 0);
  const p99 = batchMs.sort((a, b) => a - b)[Math.floor(batchMs.length * 0.99)]!;
  return { insert_rows_s: Math.round(EVENTS / (totalMs / 1000)), insert_batch_p99_ms: Math.round(p99) };
}

async function timeQueries(lake: Lake, engine: ClickHouse): Promise<Figures> {
  const figures: { [name: string]: number } = {};
  for (const [name, query] of Object.entries(QUERIES)) {
    const [searched, byHand]: [number[], number[]] = [[], []];
    for (let round = 0; round < 6 * ROUNDS; round += 2) {
      searched.push(await milliseconds(() => lake.search('default', query('events', '', round))));
      byHand.push(
        await milliseconds(() => readAll(engine, query('stored_events', "tenant = 'default' AND", round + 1))),
      );
    }
    figures[`${name}_search_ms`] = rounded(median(searched));
    figures[`${name}_by_hand_ms`] = rounded(median(byHand));
    figures[`${name}_by_hand_vs_search`] = rounded(median(byHand) / median(searched));
  }
  return figures;
}

async function readAll(engine: ClickHouse, sql: string): Promise<void> {
  for await (const texts of engine.read(sql)) texts.map((text) => JSON.parse(text) as unknown);
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

/** NDJSON of one batch, about 1.1 KB a row; the same for the same number. */
function makeRows(first: number): Uint8Array {
  let seed = first + 1;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >>> 8) % below;
  };
  const lines = Array.from({ length: BATCH }, (_, position) => {
    const record = first + position;
    const time = START + record * 40;
    const [host, user, address] = [`host-${next(200)}`, `user-${next(500)}`, `198.51.${next(256)}.${next(256)}`];
    const words = Array.from({ length: 12 }, () => WORDS[next(WORDS.length)]).join(' ');
    const raw_data = `${new Date(time).toISOString()} ${host} sshd[${next(30_000)}]: ${words} for ${user} from ${address}${next(10_000) === 0 ? ` needle-${next(9)}` : ''}`;
    const event = JSON.stringify({
      ...{
        activity_id: 1,
        category_uid: 3,
        class_uid: 3002,
        severity_id: next(6),
        status_id: next(3),
        time,
        type_uid: 300201,
      },
      ...{ actor: { user: { name: user, uid: String(next(9000)) } }, device: { hostname: host, ip: address } },
      ...{
        dst_endpoint: { port: [22, 80, 443, 3389][next(4)], ip: '192.0.2.1' },
        src_endpoint: { ip: address, port: next(65_535) },
      },
      ...{
        metadata: {
          uid: `${record}`.padStart(64, 'a'),
          version: '1.6.0',
          product: { name: 'sshd' },
          log_source: 'linux-auth',
        },
      },
      ...{
        message: words,
        unmapped: { session: `${next(1e9)}`, cipher: 'chacha20-poly1305', kex: 'curve25519-sha256' },
      },
    });
    return JSON.stringify({
      ...{
        tenant: 'default',
        uid: `${record}`.padStart(64, 'a'),
        time,
        time_ns: 0,
        class_uid: 3002,
        severity_id: next(6),
      },
      ...{
        source: 'linux-auth',
        file: 'auth.log',
        record,
        records: 1,
        host,
        user,
        address,
        unparsed: '',
        raw_data,
        event,
      },
      ...{ batch: first / BATCH, received: START + record * 40, position, time_suspect: false },
    });
  });
  return Buffer.from(lines.join('\n'));
}
