import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { atExit } from './at-exit.ts';
import { toFileError } from './file-error.ts';

/** Under this name, threads learn the folder of the process. */
const SHARED_FOLDER = 'yuheng.temporary-folder';
/** A thread may still write where its files are removed. */
const REMOVE = { recursive: true, force: true, maxRetries: 3 } as const;

/** How to call off the removal of what must not stay behind when the process ends. */
const doomed = new Map<string, () => void>();

/** Has a file or folder removed at the end of the process. */
export function removeAtExit(path: string): void {
  keepAtExit(path);
  doomed.set(
    path,
    atExit(() => rmSync(path, REMOVE)),
  );
}

/** The file or folder is gone, or it shall stay. */
export function keepAtExit(path: string): void {
  doomed.get(path)?.();
  doomed.delete(path);
}

/**
 * Makes the folder that all temporary files of the process lie in. Only the main thread hears of signals, so what threads have to clean up
 * must lie in its folder: call this before they are started. Where no folder can be made, whoever needs one is told.
 */
export function shareTemporaryFolder(): void {
  try {
    sharedFolder();
  } catch {
    // Most hunts need no temporary files.
  }
}

/** Makes a folder that only this user can read (mode 0700); removed at the end of the process at the latest. Throws `FileError`. */
export function makeTemporaryFolder(): string {
  return makeFolder(join(sharedFolder(), 'part-'));
}

/** Removes a temporary folder with all that is in it. */
export function removeTemporaryFolder(path: string): void {
  rmSync(path, REMOVE);
}

function sharedFolder(): string {
  const known = getEnvironmentData(SHARED_FOLDER);
  if (typeof known === 'string') return known;
  const path = makeFolder(join(tmpdir(), 'yuheng-'));
  setEnvironmentData(SHARED_FOLDER, path);
  removeAtExit(path);
  return path;
}

function makeFolder(prefix: string): string {
  try {
    return mkdtempSync(prefix);
  } catch (error) {
    throw toFileError(error, `No temporary folder could be made in ${tmpdir()}`);
  }
}
