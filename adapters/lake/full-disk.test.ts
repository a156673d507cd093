import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LakeError, startLake } from './index.ts';
import { lakeEntry } from './testing/entry.ts';
import { eventRow, ndjson } from './testing/rows.ts';

const disk = mkdtempSync(join(tmpdir(), 'yuheng-smalldisk-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=300m', 'tmpfs', disk]).status === 0;
if (!mounted) console.info('A small disk cannot be mounted here (not root?): a full one is not tested.');
afterAll(() => {
  if (mounted) execFileSync('umount', [disk]);
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
});
