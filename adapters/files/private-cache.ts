import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { errnoOf } from './errno.ts';

/** Files that are kept; those written longest ago go first. */
export const MAX_FILES = 8;
/** Larger ones are neither read nor written. */
const MAX_BYTES = 256 * 1024 * 1024;
const OTHERS_WRITE = 0o022;

/** Where this user's programs keep what they can make again (XDG Base Directory Specification): a relative `XDG_CACHE_HOME` counts for nothing. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const named = env['XDG_CACHE_HOME'];
  return join(named !== undefined && isAbsolute(named) ? named : join(homedir(), '.cache'), 'yuheng');
}

/**
 * Files in a folder that belongs to this user alone. A folder or file that others own or may write is not trusted: it is neither read
 * nor written. Nothing here ever fails a caller; {@link fault} says why nothing is kept.
 */
export class PrivateCache {
  private readonly folder: string;
  private readonly maxBytes: number;

  /** `maxBytes`: fewer than {@link MAX_BYTES} are for tests. */
  constructor(folder: string, maxBytes = MAX_BYTES) {
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  /** Why the folder is not used; `undefined` where it is, or will be when it is made. */
  fault(): string | undefined {
    try {
      const found = lstatSync(this.folder, { throwIfNoEntry: false });
      if (!found) return undefined;
      if (!found.isDirectory()) return 'it is no folder';
      return untrusted(found);
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** What is kept under a name. */
  read(name: string): Uint8Array | undefined {
    if (this.fault() !== undefined) return undefined;
    let file: number | undefined;
    try {
      file = openSync(join(this.folder, name), constants.O_RDONLY | constants.O_NOFOLLOW);
      const found = fstatSync(file);
      const usable = found.isFile() && found.size <= this.maxBytes && untrusted(found) === undefined;
      return usable ? readFileSync(file) : undefined;
    } catch {
      return undefined;
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }

  /** Keeps bytes under a name; readers see all of them or none. */
  write(name: string, bytes: Uint8Array): void {
    if (bytes.byteLength > this.maxBytes) return;
    const fresh = join(this.folder, `${name}.${process.pid}.${threadId}.tmp`);
    try {
      for (const folder of [dirname(this.folder), this.folder]) makeFolder(folder);
      if (this.fault() !== undefined) return;
      // A program of the same number may have been killed here.
      rmSync(fresh, { force: true });
      writeFileSync(fresh, bytes, { mode: 0o600, flag: 'wx' });
      renameSync(fresh, join(this.folder, name));
      this.forgetOldest();
    } catch {
      // A full or read-only disk costs the next start some time, nothing else.
      this.forget(fresh);
    }
  }

  private forget(path: string): void {
    try {
      rmSync(path, { force: true });
    } catch {
      // It could not be written either.
    }
  }

  private forgetOldest(): void {
    const files = readdirSync(this.folder).map((name) => join(this.folder, name));
    const aged = files.map((path) => ({ path, time: statSync(path).mtimeMs })).sort((a, b) => b.time - a.time);
    for (const { path } of aged.slice(MAX_FILES)) rmSync(path, { force: true });
  }
}

/** Not `recursive`: Node tries for ever to make folders where the system says that there is no place for any (below `/proc`). */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
}

function untrusted({ uid, mode }: { readonly uid: number; readonly mode: number }): string | undefined {
  // Windows has neither owners nor modes of this kind: its profile folders are their user's.
  if (process.getuid === undefined) return undefined;
  if (uid !== process.getuid()) return 'it belongs to somebody else';
  return (mode & OTHERS_WRITE) === 0 ? undefined : 'others may write to it';
}
