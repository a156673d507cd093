import { appendFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, yuheng } from '../cli.ts';
import { unbalanced } from './kill-round.ts';
import { TestServer } from './run-server.ts';

/** The service manager kills what has not ended by then, ms. */
const STOP_MS = 10_000;

/** A password guessed: enough failures from one address for a finding and an incident. */
const attack = Array.from(
  { length: 40 },
  (_, n) =>
    `Mar  1 02:00:${String(n).padStart(2, '0')} web sshd[${n + 100}]: Failed password for root from 203.0.113.9 port ${40_000 + n} ssh2`,
)
  .concat('Mar  1 02:01:00 web sshd[200]: Accepted password for root from 203.0.113.9 port 41000 ssh2', '')
  .join('\n');

/** Comes in while a backup is made: it may be in it or not. */
const LATE = 'late';

/** All that a restored server has to have like the one that was copied. */
async function holdings(server: TestServer): Promise<{ readonly [what: string]: unknown }> {
  const ledger = await server.drained();
  return {
    ledger: ledger.filter(({ source }) => source !== LATE),
    findings: await server.settled('findings', 2),
    incidents: await server.settled('incidents', 1),
    events: await server.search(`select * from events where source != '${LATE}' order by uid limit 100000`),
  };
}

const bodies = async (server: TestServer): Promise<unknown[]> => [
  await server.search('select uid, body from findings order by uid'),
  await server.search('select uid, body from incidents order by uid'),
];

describe('a backup', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
    expect((await server.ingest(attack, '?source=ssh&year=2026')).status).toBe(200);
    expect((await server.ingest('no format at all \u2028 玉衡\n', '?source=other')).status).toBe(200);
    writeFileSync(join(server.data, 'yuheng.yaml'), 'retention: { days: 30 }\n');
  });
  afterAll(() => server.remove());

  /** Restores into a new folder and serves it with the same key. */
  async function restored(from: string): Promise<TestServer> {
    const copy = await TestServer.start();
    await copy.stop();
    const data = join(emptyFolder(), 'data');
    const ran = await yuheng(['restore', '--from', from, '--data', data, '--json']);
    expect(ran).toMatchObject({ status: 0 });
    const twin = Object.assign(copy, { data, key: server.key });
    await twin.up();
    return twin;
  }

  it.each(['runs', 'is stopped'])('of a server that %s makes one that holds the same', async (how) => {
    const before = await holdings(server);
    expect(before).toMatchObject({ findings: { length: 2 }, incidents: { length: 1 } });
    const findings = await bodies(server);
    const to = join(emptyFolder(), 'copy');
    let sending = how === 'runs';
    const load = (async () => {
      for (let n = 0; sending; n++) await server.ingest(`Mar  1 03:00:00 web app[1]: line ${n}\n`, `?source=${LATE}`);
    })();
    if (!sending) await server.stop();
    const ran = await yuheng(['backup', '--data', server.data, '--to', to, '--json']);
    sending = false;
    await load;
    expect(ran).toMatchObject({ status: 0 });
    expect(statSync(to).mode & 0o777).toBe(0o700);
    const twin = await restored(to);
    try {
      const ledger = await twin.drained();
      expect(unbalanced(ledger)).toEqual([]);
      const counted = new Map(
        (await twin.search('select source, sum(records) as records from events group by source')).map((row) => [
          row['source'],
          Number(row['records']),
        ]),
      );
      for (const row of ledger) expect([row.source, counted.get(row.source)]).toEqual([row.source, row.stored]);
      expect(await holdings(twin)).toEqual(before);
      for (let tries = 0; tries < 100 && JSON.stringify(await bodies(twin)) !== JSON.stringify(findings); tries++)
        await sleep(100);
      expect(await bodies(twin)).toEqual(findings);
      expect(existsSync(join(twin.data, 'yuheng.yaml'))).toBe(true);
      expect((await twin.ingest('Mar  1 04:00:00 web app[1]: goes on\n', '?source=ssh&year=2026')).status).toBe(200);
      expect(unbalanced(await twin.drained())).toEqual([]);
    } finally {
      await twin.stop();
    }
    if (how === 'is stopped') await server.up();
  });

  it('that is not whole, or has no room to go to, changes nothing', async () => {
    const to = join(emptyFolder(), 'copy');
    expect(await yuheng(['backup', '--data', server.data, '--to', to])).toMatchObject({ status: 0 });
    const run = (...args: string[]) => yuheng(args);
    const full = emptyFolder();
    writeFileSync(join(full, 'kept'), '');
    expect(await run('backup', '--data', server.data, '--to', full)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('YH-BACKUP-EXISTS'),
    });
    expect(await run('backup', '--data', full, '--to', join(full, 'x'))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('YH-NO-DATA'),
    });
    expect(await run('restore', '--from', to, '--data', full)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('YH-RESTORE-NOT-EMPTY'),
    });
    appendFileSync(join(to, 'postgres', 'batch.copy.gz'), 'x');
    const empty = join(emptyFolder(), 'data');
    mkdirSync(empty);
    expect(await run('restore', '--from', to, '--data', empty)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('YH-BACKUP-BROKEN'),
    });
    expect(readdirSync(empty)).toEqual([]);
    expect(readdirSync(full)).toEqual(['kept']);
  });
});

describe('a server that is told to end', () => {
  it('ends within ten seconds under load, and loses nothing that it acknowledged', async () => {
    const server = await TestServer.start();
    try {
      const acknowledged: string[] = [];
      let ended = false;
      const send = async (sender: number): Promise<void> => {
        for (let n = 0; !ended; n++) {
          const lines = Array.from({ length: 500 }, (_, line) => `Mar  1 02:00:00 web app[1]: ${sender} ${n} ${line}`);
          const answer = await server.ingest(`${lines.join('\n')}\n`, '?source=load').catch(() => undefined);
          if (answer?.status === 200) acknowledged.push(...lines);
          else await sleep(20);
        }
      };
      const senders = Array.from({ length: 6 }, (_, sender) => send(sender));
      await sleep(3_000);
      const began = Date.now();
      expect(await server.stop()).toBe(0);
      expect(Date.now() - began).toBeLessThan(STOP_MS);
      ended = true;
      await Promise.all(senders);
      await server.up();
      expect(unbalanced(await server.drained())).toEqual([]);
      const rows = await server.search(
        "select raw_data, count() as times from events where source = 'load' group by raw_data limit 1000000",
      );
      const times = new Map(rows.map((row) => [row['raw_data'], row['times']]));
      expect(acknowledged.length).toBeGreaterThan(0);
      expect(acknowledged.filter((line) => times.get(line) !== '1')).toEqual([]);
    } finally {
      await server.remove();
    }
  });
});
