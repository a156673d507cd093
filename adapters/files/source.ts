import { closeSync, fstatSync, openSync, read, readSync, statSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { KnownPiece } from '@yuheng/engine';
import type { Budget } from './budget.ts';

const readLater = promisify(read);

/** What is read at first: formats are told by no more. */
const FIRST_BYTES = 64 * 1024;
const READ_BYTES = 256 * 1024;
/** Asked for where a file was as long as that when it was opened: it may have grown. */
const GROWN_BYTES = 4 * 1024;

/** The bytes of a file on disk, or of a part of it, counted as read. Errors are the operating system's. */
export async function* fileBytes(path: string, budget: Budget, part?: KnownPiece): AsyncGenerator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    // Nowhere: what is no file on disk is read on from where it is.
    let position = part?.from ?? null;
    let left = part ? part.to - part.from : Infinity;
    const size = knownBytes(file);
    const readNext = size === Infinity ? readPatiently : readAtOnce;
    let known = part ? left : size;
    for (let most = FIRST_BYTES; left > 0; most = READ_BYTES) {
      // No more room than there are bytes: what small files leave empty makes V8 collect twice as often.
      const buffer = Buffer.allocUnsafeSlow(Math.min(most, left, known > 0 ? known : GROWN_BYTES));
      const bytesRead = await readNext(file, buffer, position);
      if (bytesRead === 0) return;
      if (position !== null) position += bytesRead;
      left -= bytesRead;
      known = known > 0 ? known - bytesRead : Infinity;
      budget.read(bytesRead);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    closeSync(file);
  }
}

/** Reads what may keep us waiting: others go on meanwhile. */
async function readPatiently(file: number, buffer: Buffer, position: number | null): Promise<number> {
  return (await readLater(file, buffer, 0, buffer.length, position)).bytesRead;
}

/**
 * Reads from a disk: reading, as opening and closing, takes less than being told of its end by another thread. Others have their turn
 * between two reads.
 */
async function readAtOnce(file: number, buffer: Buffer, position: number | null): Promise<number> {
  await nextTurn();
  return readSync(file, buffer, 0, buffer.length, position);
}

/** How long a file is; nobody knows of a pipe, or of a file that the system makes up while it is read. */
function knownBytes(file: number): number {
  const stats = fstatSync(file);
  return stats.isFile() && stats.size > 0 ? stats.size : Infinity;
}

/** When a file was last changed, ms; 0 where it is gone, which reading it will tell. */
export function modifiedMs(path: string): number {
  try {
    return Math.floor(statSync(path).mtimeMs);
  } catch {
    return 0;
  }
}

/** A file on disk that is read here and there. */
export class RandomAccessFile {
  readonly size: number;
  private readonly file: FileHandle;
  private readonly onRead: (bytes: number) => void;

  private constructor(file: FileHandle, size: number, onRead: (bytes: number) => void) {
    this.file = file;
    this.size = size;
    this.onRead = onRead;
  }

  /** Opens a file; `onRead` is told of all bytes read. Errors are the operating system's. */
  static async open(path: string, onRead: (bytes: number) => void): Promise<RandomAccessFile> {
    const file = await open(path);
    try {
      return new RandomAccessFile(file, (await file.stat()).size, onRead);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** The bytes from an offset on; fewer only at the end. */
  async read(offset: number, length: number): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    const buffer = Buffer.alloc(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await this.file.read(buffer, filled, wanted - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.onRead(filled);
    return buffer.subarray(0, filled);
  }

  close(): Promise<void> {
    return this.file.close();
  }
}
