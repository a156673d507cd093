import { createHash } from 'node:crypto';
import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Journal } from '@yuheng/engine';
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
    const file = await this.find(position);
    if (!file) {
      this.position = await this.begin(this.path, position.generation + 1);
      return true;
    }
    try {
      if (await this.read(file.handle, position, file.rotated)) return true;
    } finally {
      await file.handle.close();
    }
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
  private async find(position: Position): Promise<{ handle: FileHandle; rotated: boolean } | undefined> {
    const folder = dirname(this.path);
    const beside = (await readdir(folder)).map((name) => join(folder, name)).filter((path) => path !== this.path);
    for (const path of [this.path, ...beside]) {
      const found = await stat(path).catch(() => undefined);
      if (!found?.isFile() || found.ino !== position.inode || found.size < position.offset) continue;
      const handle = await open(path);
      if (await isSame(handle, position)) return { handle, rotated: path !== this.path };
      await handle.close();
    }
    return undefined;
  }

  /** Brings the next whole lines; of a file that was rotated away also a last one without an end. */
  private async read(handle: FileHandle, position: Position, rotated: boolean): Promise<boolean> {
    const buffer = Buffer.alloc(PORTION_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, PORTION_BYTES, position.offset);
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

function countLines(body: Uint8Array): number {
  let lines = 0;
  for (let at = body.indexOf(10); at >= 0; at = body.indexOf(10, at + 1)) lines++;
  return body.at(-1) === 10 ? lines : lines + 1;
}
