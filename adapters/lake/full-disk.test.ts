import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { LakeError, startLake } from './index.ts';
import { lakeEntry } from './testing/entry.ts';
import { eventRow, ndjson } from './testing/rows.ts';

const disk = mkdtempSync(join(tmpdir(), 'yuheng-smalldisk-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=300m', 'tmpfs', disk]).status === 0;
if (!mounted) console.info('A small disk cannot be mounted here (not root?): a full one is not tested.');
afterAll(() => {
  if (mounted) execFileSync('umount', ['--lazy', disk]);
  rmSync(disk, { recursive: true, force: true });
});

const ROWS = 5_000;

/** Texts that do not compress. */
function bulkyBatch(batch: number): Uint8Array {
  let seed = batch;
  const word = (): string => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0).toString(36);
  const text = (): string => Array.from({ length: 60 }, word).join(' ');
  return ndjson(Array.from({ length: ROWS }, (_, n) => eventRow(n, { batch, uid: `${batch}-${n}`, raw_data: text() })));
}

describe.skipIf(!mounted)('a full disk', () => {
  it('is said so, loses nothing, and is no more when there is room again', async () => {
    const lake = await startLake({ folder: join(disk, 'lake'), entry: await lakeEntry(), log: () => {} });
    let next = 1;
    const fill = async (): Promise<void> => {
      for (; ; next++) await lake.insert(bulkyBatch(next), [next], false);
    };
    const error = await fill().catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(LakeError);
    expect(error).toMatchObject({ code: 'YH-LAKE-FULL' });
    expect(next).toBeGreaterThan(1);
    const kept = { n: String((next - 1) * ROWS), batches: String(next - 1) };
    const count = 'SELECT count() AS n, uniqExact(batch) AS batches FROM events';
    expect((await lake.search('default', count)).rows).toEqual([kept]);
    execFileSync('mount', ['-o', 'remount,size=600m', disk]);
    await lake.insert(bulkyBatch(next), [next], true);
    expect((await lake.search('default', count)).rows).toEqual([{ n: String(next * ROWS), batches: String(next) }]);
    await lake.close();
  });

  it('that somebody else fills while the lake merges costs nothing, and is looked at anew', async () => {
    execFileSync('mount', ['-o', 'remount,size=1000m', disk]);
    const log: string[] = [];
    const options = { folder: join(disk, 'merging'), entry: await lakeEntry(), log: (line: string) => log.push(line) };
    const lake = await startLake(options);
    const ballast = join(disk, 'ballast');
    let stored = 0;
    for (let round = 1; round <= FILLINGS; round++) {
      let filling = false;
      const insert = async (): Promise<void> => {
        while (!filling) {
          await lake.insert(smallBatch(stored + 1), [stored + 1], round > 1);
          stored++;
        }
      };
      const inserting = insert().catch((error: unknown) => expect(error).toMatchObject({ code: 'YH-LAKE-FULL' }));
      await sleep(300 + 100 * round);
      filling = true;
      fill(ballast);
      await sleep(1_000);
      rmSync(ballast);
      await inserting;
      const { rows } = await lake.search('default', 'SELECT count() AS n, uniqExact(raw_data) AS texts FROM events');
      const n = String(stored * SMALL_ROWS);
      expect(rows).toEqual([{ n, texts: n }]);
    }
    expect(log.join('\n')).toContain('filled while the engine wrote');
    await lake.close();
  });
});

/** In so many fillings a merged part was often damaged when nothing was done about it. */
const FILLINGS = 4;
const SMALL_ROWS = 400;

/** Many of them make parts that are merged all the time. */
function smallBatch(batch: number): Uint8Array {
  const noise = (name: string): string => createHash('sha512').update(name).digest('base64');
  const text = (n: number): string => Array.from({ length: 10 }, (_, part) => noise(`${batch} ${n} ${part}`)).join('');
  return ndjson(
    Array.from({ length: SMALL_ROWS }, (_, n) => eventRow(n, { batch, uid: `${batch}-${n}`, raw_data: text(n) })),
  );
}

/** Leaves no byte. */
function fill(path: string): void {
  const portion = Buffer.alloc(2 ** 20);
  try {
    for (;;) appendFileSync(path, portion);
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
  }
}
