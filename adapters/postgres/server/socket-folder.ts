import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A port only names the socket's file. */
export const SOCKET_PORT = 5432;
/** Linux takes 107 bytes for a socket's path, macOS 103. */
const MAX_PATH_BYTES = 103;
const SOCKET_NAME = `/.s.PGSQL.${SOCKET_PORT}`;
/** PostgreSQL reads the folder out of a list: what would need quoting is avoided. */
const PLAIN = /^[\w./-]+$/;
const SHORT_PREFIX = 'yuheng-pg-';
const SHORT_NAME = /\/yuheng-pg-\w{6}$/;

/**
 * The folder (mode 0700) for the server's socket: `run` below `folder`, or, where that path is too long for a socket, a temporary one to which
 * `run` then leads, so that the next start finds what a killed one left.
 */
export function makeSocketFolder(folder: string, owner: number | undefined): string {
  const near = join(folder, 'run');
  const path = isUsable(near) ? nearFolder(near) : (keptFolder(near, owner) ?? shortFolder(near));
  chmodSync(path, 0o700);
  if (owner !== undefined) chownSync(path, owner, owner);
  return path;
}

/** Where the socket of a running server lies. */
export function socketFolder(folder: string): string {
  const near = join(folder, 'run');
  return linkTarget(near) ?? near;
}

/** Removes what a server left in its socket's folder; the folder stays, for clients know its path. */
export function clearSocketFolder(folder: string): void {
  const near = join(folder, 'run');
  const path = linkTarget(near) ?? near;
  for (const name of existsSync(path) ? readdirSync(path) : []) rmSync(join(path, name), { force: true });
}

/** Removes the socket's folder, wherever it lies. */
export function removeSocketFolder(folder: string): void {
  const near = join(folder, 'run');
  const far = linkTarget(near);
  if (far) rmSync(far, { recursive: true, force: true });
  rmSync(near, { recursive: true, force: true });
}

function nearFolder(near: string): string {
  if (linkTarget(near)) rmSync(near);
  mkdirSync(near, { recursive: true });
  return near;
}

/** What an earlier start made, unless somebody else has taken its name since. */
function keptFolder(near: string, owner: number | undefined): string | undefined {
  const far = linkTarget(near);
  const found = far === undefined ? undefined : lstatSync(far, { throwIfNoEntry: false });
  const ours = found?.isDirectory() && [owner, process.getuid?.()].includes(found.uid);
  return ours ? far : undefined;
}

function shortFolder(near: string): string {
  rmSync(near, { recursive: true, force: true });
  const base = isUsable(join(tmpdir(), `${SHORT_PREFIX}123456`)) ? tmpdir() : '/tmp';
  const path = mkdtempSync(join(base, SHORT_PREFIX));
  symlinkSync(path, near);
  return path;
}

function isUsable(path: string): boolean {
  return PLAIN.test(path) && Buffer.byteLength(path + SOCKET_NAME) <= MAX_PATH_BYTES;
}

/** Where `run` leads; only to a name that we give ourselves. */
function linkTarget(path: string): string | undefined {
  try {
    const target = readlinkSync(path);
    return SHORT_NAME.test(target) ? target : undefined;
  } catch {
    return undefined;
  }
}
