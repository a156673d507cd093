import { startLake } from '@yuheng/adapter-lake';
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Chdb from 'chdb';
import { lakeEntry } from '../adapters/lake/testing/entry.ts';
import { median, rounded, ROUNDS, type Figures } from './measure.ts';

const EVENTS = 2_000_000;
const BATCH = 10_000;
const START = Date.UTC(2026, 2, 1);
const WORDS = ['accepted', 'closed', 'denied', 'failed', 'opened', 'password', 'port', 'publickey', 'session', 'user'];

/** Milliseconds by query. */
type Times = { readonly [name: string]: number };

/** What analysts ask first. */
const QUERIES = {
  histogram: (table: string) =>
    `SELECT toStartOfHour(time) AS hour, severity_id, count() AS n FROM ${table} GROUP BY hour, severity_id ORDER BY hour, severity_id`,
  text: (table: string) =>
    `SELECT time, host, raw_data FROM ${table} WHERE raw_data ILIKE '%needle-1%' ORDER BY time DESC LIMIT 100`,
  words: (table: string) => `SELECT count() AS n FROM ${table} WHERE hasToken(raw_data, 'needle')`,
  field: (table: string) =>
    `SELECT JSONExtractString(event, 'actor', 'user', 'name') AS who, count() AS n FROM ${table} WHERE JSONExtractUInt(event, 'dst_endpoint', 'port') = 22 GROUP BY who ORDER BY n DESC LIMIT 10`,
} as const;

/**
 * Inserts 2 M events through the lake; then, on the same merged parts, asks by hand in the engine, in this process and without bounds and
 * checks, and the same through the lake's search.
 */
export async function lakeBench(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-bench-'));
  try {
    const inserted = await timeInserts(folder);
    const byHand = await timeByHand(folder);
    const lake = await startLake({ folder, entry: await lakeEntry(), log: () => {} });
    const searched = await timeQueries('events', async (sql) => void (await lake.search('default', sql)));
    await lake.close();
    const compared = Object.keys(QUERIES).flatMap((name) => [
      [`${name}_search_ms`, rounded(searched[name]!)],
      [`${name}_by_hand_ms`, rounded(byHand[name]!)],
      [`${name}_by_hand_vs_search`, rounded(byHand[name]! / searched[name]!)],
    ]);
    return { ...inserted, ...Object.fromEntries(compared) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeInserts(folder: string): Promise<Figures> {
  const lake = await startLake({ folder, entry: await lakeEntry(), log: () => {} });
  const batchMs: number[] = [];
  for (let first = 0; first < EVENTS; first += BATCH) {
    const rows = makeRows(first);
    const since = performance.now();
    await lake.insert(rows, [first / BATCH], false);
    batchMs.push(performance.now() - since);
  }
  await lake.close();
  const totalMs = batchMs.reduce((sum, ms) => sum + ms, 0);
  const p99 = batchMs.sort((a, b) => a - b)[Math.floor(batchMs.length * 0.99)]!;
  return { insert_rows_s: Math.round(EVENTS / (totalMs / 1000)), insert_batch_p99_ms: Math.round(p99) };
}

async function timeByHand(folder: string): Promise<Times> {
  const chdb = createRequire(import.meta.url)('chdb') as typeof Chdb;
  const session = new chdb.Session(folder);
  await session.queryAsync('OPTIMIZE TABLE yuheng.stored_events FINAL');
  const times = await timeQueries("yuheng.stored_events WHERE tenant = 'default'", async (sql) => {
    (await session.queryAsync(sql.replace("' WHERE", "' AND"), { format: 'JSONEachRow' })).text();
  });
  session.close();
  await chdb.drainPending();
  return times;
}

async function timeQueries(table: string, ask: (sql: string) => Promise<void>): Promise<Times> {
  const times: { [name: string]: number } = {};
  for (const [name, query] of Object.entries(QUERIES)) {
    const rounds: number[] = [];
    for (let round = 0; round < 3 * ROUNDS; round++) {
      const since = performance.now();
      await ask(query(table));
      rounds.push(performance.now() - since);
    }
    times[name] = median(rounds);
  }
  return times;
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
