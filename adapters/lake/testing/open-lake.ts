import type { Lake } from '@yuheng/engine';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLake } from '../open.ts';
import type { SearchLimits } from '../search/search.ts';
import { lakeEntry } from './entry.ts';

/** An embedded lake in a folder of its own; `remove` closes it and removes the folder. */
export async function openTestLake(
  limits?: SearchLimits,
): Promise<{ lake: Lake; folder: string; remove(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-laketest-'));
  const lake = await startLake({ folder, entry: await lakeEntry(), log: () => {} }, limits);
  const remove = async (): Promise<void> => {
    await lake.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { lake, folder, remove };
}
