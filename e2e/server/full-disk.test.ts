import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { unbalanced } from './kill-round.ts';
import { TestServer } from './run-server.ts';

const disk = mkdtempSync(join(tmpdir(), 'yuheng-smalldisk-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1000m', 'tmpfs', disk]).status === 0;
if (!mounted) console.info('Skipped: a full disk under a whole server, for none can be mounted here (not root?).');
afterAll(() => {
  if (mounted) execFileSync('umount', ['--lazy', disk]);
  rmSync(disk, { recursive: true, force: true });
});

const SENDERS = 4;
const RECORDS = 50;
const MIB = Buffer.alloc(2 ** 20, 'x');

/** Records that cannot be packed: few of them fill a disk. */
function bulkyRecords(name: string): string[] {
  return Array.from({ length: RECORDS }, (_, n) => {
    const noise = Array.from({ length: 10 }, (_, part) =>
      createHash('sha512').update(`${name} ${n} ${part}`).digest('base64'),
    );
    return `Mar  1 02:00:00 host app[1]: ${name} ${n} ${noise.join('')}`;
  });
}

describe.skipIf(!mounted)('a server whose disk fills up', () => {
  const ballast = join(disk, 'ballast');
  let server: TestServer;
  afterEach(() => server.remove());

  const free = (): number => {
    const { bavail, bsize } = statfsSync(disk);
    return bavail * bsize;
  };
  /** Somebody else's file takes all but so many bytes. */
  const leave = (bytes: number): void => {
    try {
      while (free() > bytes) appendFileSync(ballast, MIB.subarray(0, Math.min(MIB.length, free() - bytes)));
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
    }
  };
  const health = async (): Promise<number> => (await server.request('/api/v1/health', { key: null })).status;
  const untilHealth = async (wanted: number): Promise<void> => {
    for (let tries = 0; tries < 600 && (await health()) !== wanted; tries++) await sleep(100);
    expect(await health(), server.log).toBe(wanted);
  };

  it.each([
    ['is nearly full', 400, 300],
    ['is full before it was looked at', 400, 0],
    ['has no room for the write itself', 0.001, 2],
  ])('%s: stops, keeps all that it acknowledged, and goes on by itself', async (how, minFreeMib, leftMib) => {
    const flags = ['--min-free-bytes', Math.ceil(minFreeMib * 2 ** 20), '--max-pending-bytes', 16 * 2 ** 20].map(
      String,
    );
    server = await TestServer.start(flags, { parent: disk });
    const source = 'disk';
    const acknowledged: string[] = [];
    const refusals = new Set<string>();
    let sending = true;
    const send = async (sender: number): Promise<void> => {
      for (let request = 0; sending; request++) {
        const records = bulkyRecords(`${sender} ${request}`);
        for (let taken = false; sending && !taken;) {
          const key = { 'idempotency-key': `${source} ${sender} ${request}` };
          const answer = await server.ingest(`${records.join('\n')}\n`, `?source=${source}`, key);
          taken = answer.status === 200;
          if (taken) acknowledged.push(...records);
          else refusals.add(`${answer.status} ${String(answer.json.code)}`);
          if (!taken) await sleep(50);
        }
      }
    };
    const senders = Array.from({ length: SENDERS }, (_, sender) => send(sender));
    await sleep(1_500);
    expect(acknowledged.length).toBeGreaterThan(0);
    leave(leftMib * 2 ** 20);
    await untilHealth(503);
    await sleep(3_000);
    expect((await server.ingest('one\n')).json).toMatchObject({ status: 503, code: 'YH-DISK-FULL' });
    expect(server.log).toContain('YH-DISK-FULL');
    const before = acknowledged.length;
    rmSync(ballast);
    await untilHealth(200);
    for (let tries = 0; tries < 300 && acknowledged.length === before; tries++) await sleep(100);
    expect(acknowledged.length).toBeGreaterThan(before);
    sending = false;
    await Promise.all(senders);
    expect([...refusals].filter((refusal) => !/^(503|429) /.test(refusal))).toEqual([]);
    expect(unbalanced(await server.drained()), how).toEqual([]);
    const rows = await server.search(
      `select raw_data, count() as times from events where source = '${source}' group by raw_data limit 1000000`,
    );
    const times = new Map(rows.map((row) => [row['raw_data'], row['times']]));
    expect(acknowledged.filter((record) => times.get(record) !== '1')).toEqual([]);
  });
});
