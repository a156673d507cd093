import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What a running PostgreSQL notes in its data folder (`postmaster.pid`, PostgreSQL's miscadmin.h). */
export interface PostmasterNote {
  readonly pid: number;
  /** It accepts connections. */
  readonly ready: boolean;
}

const NAME = 'postmaster.pid';
/** Lines: process number, data folder, start time, port, socket folder, address, shared memory, status. */
const STATUS_LINE = 7;

/** The note in a data folder, when there is one. */
export function readPostmasterNote(cluster: string): PostmasterNote | undefined {
  const path = join(cluster, NAME);
  if (!existsSync(path)) return undefined;
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return { pid: Number.parseInt(lines[0] ?? '', 10), ready: lines[STATUS_LINE]?.trim() === 'ready' };
  } catch {
    // It went away between two looks.
    return undefined;
  }
}

/** Removes the note of a process that is gone. PostgreSQL itself still refuses while others use the database's memory. */
export function removePostmasterNote(cluster: string): void {
  rmSync(join(cluster, NAME), { force: true });
}
