import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lake } from '@yuheng/engine';
import { ClickHouseLake } from './clickhouse-lake.ts';
import { LakeChild } from './lake-child.ts';
import { SEARCH_LIMITS } from './search/search.ts';
import { holderEntry, lakeEntry } from './testing/entry.ts';
import { eventRow, ndjson } from './testing/rows.ts';

let folder: string;
const open: { close(): Promise<void> }[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yuheng-laketest-'));
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(silenceMs = 60_000): Promise<{ child: LakeChild; lake: Lake; log: string[] }> {
  const log: string[] = [];
  const child = await LakeChild.start({ folder, entry: await lakeEntry(), silenceMs, log: (line) => log.push(line) });
  const lake = await ClickHouseLake.open(child, SEARCH_LIMITS);
  open.push(lake);
  return { child, lake, log };
}

const ROWS = 500;
const batch = (number: number): Uint8Array =>
  ndjson(Array.from({ length: ROWS }, (_, n) => eventRow(n, { batch: number, uid: `${number}-${n}` })));

async function counts(lake: Lake): Promise<unknown[]> {
  const { rows } = await lake.search(
    'default',
    'SELECT batch, count() AS n, uniqExact(uid) AS u FROM events GROUP BY batch ORDER BY batch',
  );
  return rows.map(({ batch: number, n, u }) => [Number(number), Number(n), Number(u)]);
}

describe('a killed child', () => {
  it('comes back; what was acknowledged is there exactly once', async () => {
    const { child, lake, log } = await start();
    let next = 1;
    let stop = false;
    const write = async (): Promise<void> => {
      while (!stop) {
        const number = next++;
        await lake.insert(batch(number), [number], false);
      }
    };
    const writers = [write(), write(), write()];
    for (let kill = 0; kill < 5; kill++) {
      await sleep(150 + 90 * kill);
      process.kill((await child.get(), child.pid!), 'SIGKILL');
    }
    await sleep(300);
    stop = true;
    await Promise.all(writers);
    expect(await counts(lake)).toEqual(Array.from({ length: next - 1 }, (_, n) => [n + 1, ROWS, ROWS]));
    expect(log.filter((line) => line.includes('SIGKILL')).length).toBe(5);
  });

  it('fails the searches that it was at, and answers the next', async () => {
    const { child, lake } = await start();
    await lake.insert(batch(1), [1], false);
    const slow = lake.search(
      'default',
      'SELECT count() FROM events a, events b, events c WHERE a.uid > b.uid AND b.uid > c.uid',
    );
    setTimeout(() => process.kill(child.pid!, 'SIGKILL'), 300);
    await expect(slow).rejects.toMatchObject({ kind: 'failed' });
    expect(await counts(lake)).toEqual([[1, ROWS, ROWS]]);
  });

  it('is killed when it answers nothing any more, and what waits goes on', async () => {
    const { child, lake, log } = await start(1_000);
    process.kill(child.pid!, 'SIGSTOP');
    await lake.insert(batch(1), [1], false);
    expect(await counts(lake)).toEqual([[1, ROWS, ROWS]]);
    expect(log.join()).toContain('has not answered for 1000 ms');
  });

  it('is not started again when the lake is closed', async () => {
    const { child, lake } = await start();
    process.kill(child.pid!, 'SIGKILL');
    await lake.close();
    await expect(lake.counts()).rejects.toMatchObject({ code: 'YH-LAKE-CLOSED' });
  });
});

describe('closing', () => {
  it.each([0, 50, 120, 250, 400])('ends all, %i ms after the child was killed', async (afterMs) => {
    const { child, lake } = await start();
    process.kill(child.pid!, 'SIGKILL');
    await sleep(afterMs);
    const since = performance.now();
    await lake.close();
    expect(performance.now() - since).toBeLessThan(5_000);
    const again = await start();
    expect(await counts(again.lake)).toEqual([]);
  });

  it('is done when the tables cannot be used', async () => {
    const { child, lake } = await start();
    await (await child.get()).command("INSERT INTO migrations VALUES (999, 'of tomorrow')");
    await lake.close();
    await expect(start()).rejects.toMatchObject({ code: 'YH-LAKE-NEWER' });
    const other = await LakeChild.start({ folder, entry: await lakeEntry(), log: () => {} });
    await other.close();
  });
});

async function hold(): Promise<ChildProcess> {
  const holder = spawn(process.execPath, [await holderEntry(), folder, await lakeEntry()], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  return holder;
}

describe('a folder', () => {
  it('is free again when the process that held it was killed', async () => {
    const holder = await hold();
    holder.kill('SIGKILL');
    const { lake } = await start();
    await lake.insert(batch(1), [1], false);
    expect(await counts(lake)).toEqual([[1, ROWS, ROWS]]);
  });

  it('is one lake’s at a time', async () => {
    const { lake } = await start();
    await expect(start()).rejects.toMatchObject({ code: 'YH-DATA-IN-USE' });
    await lake.insert(batch(1), [1], false);
    expect(await counts(lake)).toEqual([[1, ROWS, ROWS]]);
  });

  it('keeps what is in it over a close', async () => {
    const { lake } = await start();
    await lake.insert(batch(1), [1], false);
    await lake.close();
    const again = await start();
    expect(await counts(again.lake)).toEqual([[1, ROWS, ROWS]]);
  });
});

describe('the child', () => {
  it('is missing where its engine is not installed', async () => {
    const entry = join(folder, 'lake.mjs');
    copyFileSync(await lakeEntry(), entry);
    await expect(LakeChild.start({ folder, entry, log: () => {} })).rejects.toMatchObject({ code: 'YH-LAKE-MISSING' });
  });

  it('ends by itself, with no signal, when the lake is closed', async () => {
    const { lake, log } = await start();
    await lake.close();
    expect(log).toEqual([]);
  });

  it('answers nobody who does not know its token', async () => {
    const { child } = await start();
    const { url } = await child.get();
    const ask = (headers: Record<string, string>): Promise<Response> =>
      fetch(url, { method: 'POST', body: 'SELECT 1', headers });
    const basic = (login: string): string => `Basic ${Buffer.from(login).toString('base64')}`;
    for (const authorization of ['', basic('writer:'), basic('reader:guess'), basic(':'), 'Basic', 'Bearer x'])
      expect((await ask({ authorization })).status).toBe(403);
  });
});
