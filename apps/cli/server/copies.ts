import { resolve } from 'node:path';
import type { Language } from '@yuheng/engine';
import { backUp, ndjsonLog, restore, type BackupManifest } from '@yuheng/server';
import { lakeEntry } from './lake-entry.ts';

interface Flags {
  readonly data: string;
  readonly json?: boolean;
}

/** `yuheng backup`: everything that a server keeps, into a new folder. */
export async function backup(flags: Flags & { readonly to: string }, language: Language): Promise<number> {
  const to = resolve(flags.to);
  const manifest = await backUp({ dataFolder: resolve(flags.data), to, lakeEntry: lakeEntry(), log: stderrLog() });
  return tell(to, manifest, flags, { en: 'Backed up to', 'zh-CN': '已备份到' }[language]);
}

/** `yuheng restore`: a data folder out of a backup. */
export async function restoreBackup(flags: Flags & { readonly from: string }, language: Language): Promise<number> {
  const dataFolder = resolve(flags.data);
  const manifest = await restore({ dataFolder, from: resolve(flags.from), lakeEntry: lakeEntry(), log: stderrLog() });
  return tell(dataFolder, manifest, flags, { en: 'Restored into', 'zh-CN': '已恢复到' }[language]);
}

const stderrLog = () => ndjsonLog((line) => process.stderr.write(line));

function tell(folder: string, { records, days, files }: BackupManifest, { json }: Flags, done: string): number {
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  const facts = { folder, records, days: days.length, bytes };
  process.stdout.write(
    json
      ? `${JSON.stringify(facts)}\n`
      : `${done} ${folder}: records ${records}, days ${days.length}, bytes ${bytes}\n`,
  );
  return 0;
}
