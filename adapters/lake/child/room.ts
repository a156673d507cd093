import { statfsSync } from 'node:fs';

const MIB = 2 ** 20;

/** Below, nothing more is inserted or merged, bytes; inserts keep the same reserve by a setting of the tables. */
export const RESERVE_BYTES = 256 * MIB;
/** Below, what the engine has just written cannot be trusted, bytes. */
export const LAST_BYTES = 64 * MIB;
/** How often it is looked how much is free, ms. */
const LOOK_MS = 250;
/** So many looks after it was told to rest the engine may still be ending a merge. */
export const ENDING_LOOKS = 20;

/** What is done when the disk fills up and when there is room again. */
export interface RoomActions {
  /** Too little is left: merges end and none begins. */
  rest(): void;
  /** There is room again. */
  goOn(): void;
  /** The disk was filled while the engine wrote: what was written meanwhile has to be read again from the disk. */
  giveUp(): void;
}

/**
 * Watches how much room the engine has. When a disk is filled while it merges, the engine counts a part as good whose small files are empty, and
 * removes the parts that it was made of a minute later. A start finds such a part, puts it aside and takes what it was made of: so the engine
 * is started again before that minute is over.
 */
export class Room {
  private readonly free: () => number;
  private readonly actions: RoomActions;
  private timer: NodeJS.Timeout | undefined;
  private looksAtRest = 0;
  private isShort = false;

  constructor(free: () => number, actions: RoomActions) {
    this.free = free;
    this.actions = actions;
  }

  /** To be called before anything is written: what is there was just read from the disk. */
  start(): void {
    this.isShort = this.free() < RESERVE_BYTES;
    this.looksAtRest = ENDING_LOOKS;
    if (this.isShort) this.actions.rest();
    this.timer = setInterval(() => this.look(), LOOK_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Whether something may be inserted now. */
  hasRoom(): boolean {
    if (this.isShort) this.look();
    return !this.isShort;
  }

  look(): void {
    const free = this.free();
    const wasShort = this.isShort;
    this.isShort = free < RESERVE_BYTES;
    this.looksAtRest = wasShort ? this.looksAtRest + 1 : 0;
    if (free < LAST_BYTES && this.looksAtRest < ENDING_LOOKS) this.actions.giveUp();
    else if (!wasShort && this.isShort) this.actions.rest();
    else if (wasShort && !this.isShort) this.actions.goOn();
  }
}

/** Bytes that are free below a folder for who is not root. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
