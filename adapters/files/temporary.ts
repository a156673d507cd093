import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toFileError } from './file-error.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

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

/** Makes a folder that only this user can read (mode 0700); removed at the end of the process at the latest. */
export function makeTemporaryFolder(): string {
  try {
    const path = mkdtempSync(join(tmpdir(), 'yuheng-'));
    removeAtExit(path);
    return path;
  } catch (error) {
    throw toFileError(error, `No temporary folder could be made in ${tmpdir()}`);
  }
}

/** Removes a temporary folder with all that is in it. */
export function removeTemporaryFolder(path: string): void {
  rmSync(path, { recursive: true, force: true });
  keepAtExit(path);
}

function watchExit(): void {
  process.on('exit', removeAll);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function unwatchExit(): void {
  process.off('exit', removeAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

function removeAll(): void {
  for (const path of doomed) rmSync(path, { recursive: true, force: true });
}

/** A listener replaces the signal's own effect, so where nobody else listens the process is ended here. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  removeAll();
  unwatchExit();
  process.kill(process.pid, signal);
}
