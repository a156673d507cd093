import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { runningLake, startLake } from '@yuheng/adapter-lake';
import { countExpired, runningPostgres, saveDatabase } from '@yuheng/adapter-postgres';
import type { Lake } from '@yuheng/engine';
import type { Log } from '../log.ts';
import { ServerError } from '../server-error.ts';
import { connectState, openState, type StateStorage } from '../storage/storage.ts';
import { BackupWriter, dayFile, tableFile, type Manifest } from './backup-folder.ts';

/** The configuration lies beside the data and is kept with it. */
export const CONFIG_FILE = 'yuheng.yaml';

/** What a backup is made of, and where to. */
export interface BackupOptions {
  readonly dataFolder: string;
  /** Made; may be there when it is empty. */
  readonly to: string;
  /** The bundled program of the lake's process. */
  readonly lakeEntry: string;
  readonly log: Log;
}

/**
 * Copies everything that a server keeps, while it runs or while it is stopped. The database is copied first, as of one moment; what was settled
 * by then is in the lake, and of what was not, the journal has the records: a replay replaces their events. Throws `ServerError`.
 */
export async function backUp(options: BackupOptions): Promise<Manifest> {
  const { dataFolder, to } = options;
  if (!existsSync(join(dataFolder, 'postgres', 'cluster'))) throw noData(dataFolder);
  if (!(await isFree(to))) throw notEmpty('YH-BACKUP-EXISTS', to);
  const partial = `${to}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(dirname(partial), { recursive: true });
  await mkdir(partial, { mode: 0o700 });
  try {
    const manifest = await copyInto(partial, options);
    await rename(partial, to);
    return manifest;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

async function copyInto(folder: string, { dataFolder, lakeEntry, log }: BackupOptions): Promise<Manifest> {
  const running = runningPostgres(join(dataFolder, 'postgres'));
  const state = running ? await connectState(running) : await openState({ dataFolder }, log);
  try {
    const place = join(dataFolder, 'lake');
    const lake =
      (await runningLake(place)) ??
      (await startLake({ folder: place, entry: lakeEntry, log: (line) => log.info(line) }));
    try {
      return await copyAll(new BackupWriter(folder), state, lake, join(dataFolder, CONFIG_FILE));
    } finally {
      await lake.close();
    }
  } finally {
    await state.close();
  }
}

async function copyAll(writer: BackupWriter, { sql }: StateStorage, lake: Lake, config: string): Promise<Manifest> {
  const database = await saveDatabase(sql, (table, rows) => writer.write(tableFile(table), rows));
  const days = (await lake.days()).map(({ day }) => day);
  let records = 0;
  for (const day of days) {
    const portions = lake.readDay(day, database.nextBatch);
    await writer.write(
      dayFile(day),
      Readable.from(
        counted(portions, (more) => (records += more)),
        { objectMode: false },
      ),
    );
  }
  if (existsSync(config)) await writer.write(`${CONFIG_FILE}.gz`, createReadStream(config));
  if ((await countExpired(sql)) !== database.expired) throw RETENTION;
  return writer.finish({ database, days, records });
}

/** Adds up `records`; a quotation mark inside of a text stands behind a backslash, so the first match is the column. */
async function* counted(
  portions: AsyncIterable<Uint8Array>,
  add: (records: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const portion of portions) {
    for (const [, records] of Buffer.from(portion)
      .toString('utf8')
      .matchAll(/^.*?"records":(\d+)/gm))
      add(Number(records));
    yield portion;
  }
}

/** Nothing is there, or an empty folder. */
export async function isFree(folder: string): Promise<boolean> {
  return !existsSync(folder) || (await readdir(folder).catch(() => ['a file'])).length === 0;
}

/** A place that is taken already. */
export function notEmpty(code: string, folder: string): ServerError {
  return new ServerError(409, code, {
    en: `${folder} is there already and not empty. Nothing was changed. Name a new or empty folder.`,
    'zh-CN': `${folder} 已存在且不为空。未做任何更改。请指定新的或空的文件夹。`,
  });
}

function noData(folder: string): ServerError {
  return new ServerError(404, 'YH-NO-DATA', {
    en: `${folder} holds no data of a server. Name its data folder with --data.`,
    'zh-CN': `${folder} 中没有服务器数据。请用 --data 指定其数据文件夹。`,
  });
}

const RETENTION = new ServerError(503, 'YH-BACKUP-RETENTION', {
  en: 'Retention let days go while they were copied, so the copy would not balance. Nothing was written. Run the command again.',
  'zh-CN': '复制期间保留策略删除了部分日期的数据，备份将无法对账。未写入任何内容。请重新运行该命令。',
});
