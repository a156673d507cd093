import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { mkdir, open, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { ServerError } from '../server-error.ts';

/** Counts up when an older Yuheng could not read what is written. */
const FORMAT = 1;
const MANIFEST = 'manifest.json';
/** Nothing outside of the backup is ever read. */
const FILE = /^(?:postgres|lake)\/\w+\.\w+\.gz$|^yuheng\.yaml\.gz$/;
const whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const manifest = z.strictObject({
  format: z.literal(FORMAT),
  database: z.strictObject({
    migration: whole,
    partitions: z.strictObject({ batch: z.array(whole).readonly(), payload: z.array(whole).readonly() }),
    sequences: z.array(z.strictObject({ name: z.string(), value: whole })).readonly(),
    nextBatch: whole,
    expired: whole,
  }),
  /** Days of receipt in the lake's copy. */
  days: z.array(z.number().int().min(10_101).max(99_991_231)),
  /** Sum of the records of all events in it. */
  records: whole,
  files: z.record(z.string().regex(FILE), z.strictObject({ bytes: whole, sha256: z.string() })),
});

/** What a backup says of itself; written last, so that a backup without one is none. */
export type Manifest = z.infer<typeof manifest>;

/** Where a table of the database lies in a backup. */
export function tableFile(table: string): string {
  return `postgres/${table}.copy.gz`;
}

/** Where a day of the lake lies in a backup. */
export function dayFile(day: number): string {
  return `lake/${day}.ndjson.gz`;
}

/** A backup that is being written: every file is on the disk, with its size and hash in the manifest, when it counts as written. */
export class BackupWriter {
  private readonly folder: string;
  private readonly files: Manifest['files'] = {};

  constructor(folder: string) {
    this.folder = folder;
  }

  async write(name: string, content: Readable): Promise<void> {
    const path = join(this.folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const hash = createHash('sha256');
    let bytes = 0;
    const seen = new Transform({
      transform(chunk: Buffer, _, done) {
        bytes += chunk.byteLength;
        hash.update(chunk);
        done(null, chunk);
      },
    });
    const target = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    await pipeline(content, createGzip({ level: constants.Z_BEST_SPEED }), seen, target);
    await sync(path);
    this.files[name] = { bytes, sha256: hash.digest('hex') };
  }

  async finish(about: Omit<Manifest, 'format' | 'files'>): Promise<Manifest> {
    const written: Manifest = { format: FORMAT, ...about, files: this.files };
    const path = join(this.folder, MANIFEST);
    await writeFile(path, `${JSON.stringify(written, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
    await sync(path);
    return written;
  }
}

/** Opens a file of a backup, unpacked. */
export function readBackup(folder: string, name: string): Readable {
  const source = createReadStream(join(folder, name));
  const unpacked = createGunzip();
  source.on('error', (error) => unpacked.destroy(error));
  return source.pipe(unpacked);
}

/** Reads what a backup says of itself and holds every file against it. Throws `ServerError`. */
export async function verifyBackup(folder: string): Promise<Manifest> {
  const read = manifest.safeParse(parse(join(folder, MANIFEST)));
  if (!read.success) throw broken(folder, MANIFEST);
  for (const [name, { bytes, sha256 }] of Object.entries(read.data.files)) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.size !== bytes || (await hashOf(join(folder, name))) !== sha256) throw broken(folder, name);
  }
  return read.data;
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function broken(folder: string, name: string): ServerError {
  return new ServerError(400, 'YH-BACKUP-BROKEN', {
    en: `${folder} is not a whole backup: ${name} is missing or not as it was written. Nothing was restored. Take another backup, or copy this one again.`,
    'zh-CN': `${folder} 不是完整的备份：${name} 缺失或与写入时不同。未恢复任何内容。请使用另一份备份，或重新复制此备份。`,
  });
}
