import { createWriteStream } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { startLake } from '@yuheng/adapter-lake';
import { loadDatabase, openDatabase, startPostgres } from '@yuheng/adapter-postgres';
import type { Lake } from '@yuheng/engine';
import type { Log } from '../log.ts';
import { ServerError } from '../server-error.ts';
import { dayFile, readBackup, tableFile, verifyBackup, type Manifest } from './backup-folder.ts';
import { CONFIG_FILE, isFree, notEmpty } from './backup.ts';

/** Bytes of rows that are given to the lake at once. */
const PORTION_BYTES = 32 * 2 ** 20;
const NEW_LINE = 0x0a;

/** Which backup is restored, and where to. */
export interface RestoreOptions {
  readonly from: string;
  /** Made; may be there when it is empty. */
  readonly dataFolder: string;
  /** The bundled program of the lake's process. */
  readonly lakeEntry: string;
  readonly log: Log;
}

/** Makes a data folder out of a backup that was verified as a whole; it gets its parts when all of them stand. Throws `ServerError`. */
export async function restore(options: RestoreOptions): Promise<Manifest> {
  const { from, dataFolder } = options;
  if (!(await isFree(dataFolder))) throw notEmpty('YH-RESTORE-NOT-EMPTY', dataFolder);
  const manifest = await verifyBackup(from);
  await mkdir(dataFolder, { recursive: true });
  await chmod(dataFolder, 0o700);
  const partial = join(dataFolder, 'restoring');
  await mkdir(partial);
  try {
    await fillDatabase(join(partial, 'postgres'), from, manifest);
    await fillLake(join(partial, 'lake'), options, manifest);
    await placeConfig(options, manifest);
    // The database last: without it, the folder is not taken for a server's.
    for (const part of ['lake', 'postgres']) await rename(join(partial, part), join(dataFolder, part));
    return manifest;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function fillDatabase(folder: string, from: string, { database }: Manifest): Promise<void> {
  const server = await startPostgres({ folder, log: () => {} });
  try {
    const sql = openDatabase(server.connection);
    try {
      await loadDatabase(sql, database, (table) => readBackup(from, tableFile(table)));
      // The lake gets findings and incidents from the database, when the server starts.
      await sql`delete from setting where starts_with(name, 'mirrored-')`;
    } finally {
      await sql.end();
    }
  } finally {
    await server.stop();
  }
}

async function fillLake(folder: string, { from, lakeEntry, log }: RestoreOptions, manifest: Manifest): Promise<void> {
  const lake = await startLake({ folder, entry: lakeEntry, log: (line) => log.info(line) });
  try {
    for (const day of manifest.days) await fillDay(lake, readBackup(from, dayFile(day)));
    const found = (await lake.counts()).reduce((sum, { records }) => sum + records, 0);
    if (found !== manifest.records) throw incomplete(found, manifest.records);
  } finally {
    await lake.close();
  }
}

async function fillDay(lake: Lake, rows: AsyncIterable<Buffer>): Promise<void> {
  for await (const portion of wholeLines(rows)) await lake.insert(portion, [], false);
}

/** Joins what comes into portions that end with a line. */
async function* wholeLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    bytes += chunk.byteLength;
    const end = chunk.lastIndexOf(NEW_LINE) + 1;
    if (bytes < PORTION_BYTES || end === 0) continue;
    const all = Buffer.concat(held);
    const cut = bytes - chunk.byteLength + end;
    yield all.subarray(0, cut);
    held = [all.subarray(cut)];
    bytes -= cut;
  }
  if (bytes > 0) yield Buffer.concat(held);
}

async function placeConfig({ from, dataFolder }: RestoreOptions, { files }: Manifest): Promise<void> {
  const name = `${CONFIG_FILE}.gz`;
  if (Object.hasOwn(files, name))
    await pipeline(readBackup(from, name), createWriteStream(join(dataFolder, CONFIG_FILE), { mode: 0o600 }));
}

function incomplete(found: number, wanted: number): ServerError {
  return new ServerError(503, 'YH-RESTORE-INCOMPLETE', {
    en: `The lake counts ${found} records where the backup holds ${wanted}. Nothing was restored. Look into the log, empty the data folder, and run the command again.`,
    'zh-CN': `数据湖中有 ${found} 条记录，而备份中有 ${wanted} 条。未恢复任何内容。请查看日志，清空数据文件夹后重新运行该命令。`,
  });
}
