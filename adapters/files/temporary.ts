import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import { toFileError } from './file-error.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Under this name, threads learn the folder of the process. */
const SHARED_FOLDER = 'yuheng.temporary-folder';
/** A thread may still write where its files are removed. */
const REMOVE = { recursive: true, force: true, maxRetries: 3 } as const;

/** What must not stay behind when the process ends, whichever way that can be noticed. */
const doomed = new Set<string>();

/** Has a file or folder removed at the end of the process. */
export function removeAtExit(path: string): void {
  if (doomed.size === 0) watchExit();
  doomed.add(path);
}

/** The file or folder is gone, or it shall stay. */
export function keepAtExit(path: string): void {
  if (doomed.delete(path) && doomed.size === 0) unwatchExit();
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

function watchExit(): void {
  process.on('exit', removeAll);
  if (isMainThread) for (const signal of SIGNALS) process.on(signal, onSignal);
}

function unwatchExit(): void {
  process.off('exit', removeAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

function removeAll(): void {
  for (const path of doomed) rmSync(path, REMOVE);
}

/** A listener replaces the signal's own effect, so where nobody else listens the process is ended here. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  removeAll();
  unwatchExit();
  process.kill(process.pid, signal);
}
