import { statfs } from 'node:fs/promises';
import type { Log } from '../log.ts';

/** How often the disk is looked at, ms. */
const LOOK_MS = 2_000;
/** How PostgreSQL and the system say that there was no room (disk_full, appendix A of its manual). */
const NO_ROOM: ReadonlySet<unknown> = new Set(['53100', 'ENOSPC']);

/** Watches how much room is left below the data folder. */
export class DiskGuard {
  private readonly folder: string;
  private readonly minFreeBytes: number;
  private readonly log: Log;
  private timer: NodeJS.Timeout | undefined;
  /** There is too little room: nothing is accepted until there is more. */
  isFull = false;

  constructor(folder: string, minFreeBytes: number, log: Log) {
    this.folder = folder;
    this.minFreeBytes = minFreeBytes;
    this.log = log;
  }

  async start(): Promise<void> {
    await this.look();
    const failed = (error: unknown): void =>
      this.log.error('YH-DISK', `The disk could not be looked at: ${String(error)}`);
    this.timer = setInterval(() => void this.look().catch(failed), LOOK_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** A write failed; whether it did for want of room. Then nothing more is tried before the next look. */
  isToBlame(error: unknown): boolean {
    if (!NO_ROOM.has((error as { readonly code?: unknown } | undefined)?.code)) return false;
    if (!this.isFull)
      this.log.error(
        'YH-DISK-FULL',
        `A write below ${this.folder} found no room: intake stops until there is. Nothing that was accepted is lost.`,
      );
    this.isFull = true;
    return true;
  }

  private async look(): Promise<void> {
    const { bavail, bsize } = await statfs(this.folder);
    const free = bavail * bsize;
    const full = free < this.minFreeBytes;
    if (full && !this.isFull)
      this.log.error(
        'YH-DISK-FULL',
        `Only ${free} bytes are free below ${this.folder}, ${this.minFreeBytes} are needed: intake stops until there is room. Nothing that was accepted is lost.`,
      );
    if (!full && this.isFull) this.log.info(`There is room again below ${this.folder}: intake goes on.`);
    this.isFull = full;
  }
}
