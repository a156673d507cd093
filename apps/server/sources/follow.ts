import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { countLines, type Journal } from '@yuheng/engine';
import type { Log } from '../log.ts';
import type { Deliverer } from './deliver.ts';

/** A file to follow. */
export interface FollowOptions {
  readonly path: string;
  readonly tenant: string;
  /** The source's name in the ledger; absent: the path. */
  readonly source?: string | undefined;
}

/** How often a file is looked at, ms. */
const LOOK_MS = 500;
/** Bytes of one portion. */
const PORTION_BYTES = 1_048_576;
/** A file is known again by its beginning. */
const HEAD_BYTES = 256;

/** Where a follower stands in a file. */
interface Position {
  readonly inode: number;
  /** Hash of the first bytes, and how many they were: an inode can be given to another file. */
  readonly head: string;
  readonly headBytes: number;
  readonly offset: number;
  /** Number of the next line. */
  readonly line: number;
  /** How many files there were under this path before. */
  readonly generation: number;
}

/**
 * Follows a file: every line once, over rotation (by renaming or by truncation), restarts and crashes. The position is committed with the
 * lines that it stands behind.
 */
export class Follower {
  private readonly options: FollowOptions;
  private readonly path: string;
  private readonly deliverer: Deliverer;
  private readonly journal: Pick<Journal, 'cursor'>;
  private readonly log: Log;
  private position: Position | undefined;
  /** The file as it was when there was nothing more in it. */
  private quiet: Stats | undefined;
  private stopping = false;
  private ended: Promise<void> = Promise.resolve();
  private told = '';

  constructor(options: FollowOptions, deliverer: Deliverer, journal: Pick<Journal, 'cursor'>, log: Log) {
    this.options = options;
    this.path = resolve(options.path);
    this.deliverer = deliverer;
    this.journal = journal;
    this.log = log;
  }

  async start(): Promise<void> {
    const kept = await this.journal.cursor(this.cursorName);
    this.position = kept === undefined ? undefined : (JSON.parse(kept) as Position);
    this.ended = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.ended;
  }

  private get cursorName(): string {
    return `follow ${this.options.tenant} ${this.path}`;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        const more = await this.step();
        this.told = '';
        if (!more) await sleep(LOOK_MS);
      } catch (error) {
        this.tell(error);
        await sleep(LOOK_MS);
      }
    }
  }

  /** Reads one portion; false when there is nothing more just now. */
  private async step(): Promise<boolean> {
    const { position } = this;
    if (!position) {
      this.position = await this.begin(this.path, 0);
      return true;
    }
    const stats = await statOf(this.path);
    if (stats && this.quiet && isUntouched(stats, this.quiet)) return false;
    const file = await this.find(position, stats);
    if (!file) {
      this.position = await this.begin(this.path, position.generation + 1);
      return true;
    }
    try {
      if (await this.read(file, position)) return true;
    } finally {
      await file.handle.close();
    }
    this.quiet = file.rotated ? undefined : stats;
    // The old file is read to its end, and its path belongs to a new one.
    if (file.rotated) this.position = await this.begin(this.path, position.generation + 1);
    return file.rotated;
  }

  private async begin(path: string, generation: number): Promise<Position> {
    const handle = await open(path);
    try {
      const { ino } = await handle.stat();
      const { head, headBytes } = await readHead(handle);
      return { inode: ino, head, headBytes, offset: 0, line: 1, generation };
    } finally {
      await handle.close();
    }
  }

  /** The file that the position is in: at its path, or, after it was renamed, beside it. */
  private async find(position: Position, atPath: Stats | undefined): Promise<FoundFile | undefined> {
    const there = await openIfSame(this.path, atPath, position);
    if (there) return { ...there, rotated: false };
    const folder = dirname(this.path);
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const beside = path === this.path ? undefined : await openIfSame(path, await statOf(path), position);
      if (beside) return { ...beside, rotated: true };
    }
    return undefined;
  }

  /** Brings the next whole lines; of a file that was rotated away also a last one without an end. */
  private async read({ handle, size, rotated }: FoundFile, position: Position): Promise<boolean> {
    const buffer = Buffer.alloc(Math.min(PORTION_BYTES, size - position.offset));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position.offset);
    const bytes = buffer.subarray(0, bytesRead);
    const feed = bytes.lastIndexOf(10);
    const atEnd = bytesRead < PORTION_BYTES;
    const whole = feed < 0 && (rotated || !atEnd) ? bytes.length : rotated && atEnd ? bytes.length : feed + 1;
    if (whole === 0) return false;
    const body = bytes.subarray(0, whole);
    const lines = countLines(body);
    const head = position.headBytes < HEAD_BYTES ? await readHead(handle) : position;
    const next: Position = {
      ...position,
      head: head.head,
      headBytes: head.headBytes,
      offset: position.offset + whole,
      line: position.line + lines,
    };
    const { tenant, source = this.path } = this.options;
    const taken = await this.deliverer.deliver({
      tenant,
      source,
      file: position.generation === 0 ? this.path : `${this.path}~${position.generation}`,
      first: position.line,
      last: rotated && atEnd,
      body: Buffer.from(body),
      cursor: { name: this.cursorName, value: JSON.stringify(next) },
    });
    if (taken) this.position = next;
    return taken;
  }

  /** A file that cannot be read is told once, not twice a second. */
  private tell(error: unknown): void {
    const message = `${this.path} cannot be followed (${(error as Error).message}); it is tried again.`;
    if (message !== this.told) this.log.error('YH-FOLLOW', message);
    this.told = message;
  }
}

/** The file in which a position is. */
interface FoundFile {
  readonly handle: FileHandle;
  readonly size: number;
  /** It was renamed: nothing more will be written to it. */
  readonly rotated: boolean;
}

function statOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}

function isUntouched(now: Stats, before: Stats): boolean {
  return now.ino === before.ino && now.size === before.size && now.mtimeMs === before.mtimeMs;
}

async function openIfSame(
  path: string,
  stats: Stats | undefined,
  position: Position,
): Promise<{ handle: FileHandle; size: number } | undefined> {
  if (!stats?.isFile() || stats.ino !== position.inode || stats.size < position.offset) return undefined;
  const handle = await open(path);
  if (await isSame(handle, position)) return { handle, size: stats.size };
  await handle.close();
  return undefined;
}

async function readHead(handle: FileHandle): Promise<{ head: string; headBytes: number }> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return { head: hashOf(buffer.subarray(0, bytesRead)), headBytes: bytesRead };
}

/** A file may have grown since its beginning was looked at. */
async function isSame(handle: FileHandle, { head, headBytes }: Position): Promise<boolean> {
  if (headBytes === 0) return true;
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
  return bytesRead === headBytes && hashOf(buffer) === head;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}
