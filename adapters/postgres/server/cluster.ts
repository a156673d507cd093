import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  lchownSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { launch, type Launcher } from './launcher.ts';
import { PostgresError } from './postgres-error.ts';
import { findProcess } from './processes.ts';
import { run } from './run.ts';

/** The role that owns the embedded database. */
export const USER = 'yuheng';
const UNFINISHED = 'initdb-';
/** Same order of texts and same letters on every machine, whatever its locales. */
const LOCALE = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

/** Lies in the data folder, so that both come to be in one step. PostgreSQL leaves files alone that it does not know. */
export const PASSWORD = 'yuheng.password';

/** PostgreSQL's data folder and the password of its owner. */
export interface Cluster {
  readonly path: string;
  readonly password: string;
}

/** The database below `folder`; made when there is none. A half-made one has another name, so what has the name is whole. */
export async function prepareCluster(initdb: string, folder: string, launcher: Launcher): Promise<Cluster> {
  removeUnfinished(folder);
  const path = join(folder, 'cluster');
  if (!existsSync(path)) await makeCluster(initdb, folder, path, launcher);
  if (launcher.owner !== undefined && statSync(path).uid !== launcher.owner) own(path, launcher.owner);
  return { path, password: readFileSync(join(path, PASSWORD), 'utf8') };
}

async function makeCluster(initdb: string, folder: string, path: string, launcher: Launcher): Promise<void> {
  const unfinished = join(folder, `${UNFINISHED}${process.pid}`);
  const data = join(unfinished, 'data');
  const password = join(unfinished, 'password');
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (launcher.owner !== undefined) own(unfinished, launcher.owner);
  const asked = [`--pgdata=${data}`, `--username=${USER}`, '--auth=scram-sha-256', `--pwfile=${password}`, ...LOCALE];
  const [command, ...args] = launch(launcher, initdb, asked);
  const { ok, output } = await run(command, args, '/');
  if (!ok) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new PostgresError(
      'YH-POSTGRES-FAILED',
      `PostgreSQL could not make its database below ${folder}: ${output}. See that the disk has room and can be written.`,
    );
  }
  renameSync(password, join(data, PASSWORD));
  syncFolder(data);
  takeName(data, path);
  syncFolder(folder);
  rmSync(unfinished, { recursive: true, force: true });
}

/** Another start may have been quicker: then its database is the one. */
function takeName(data: string, path: string): void {
  try {
    renameSync(data, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
}

/** What a killed start was making. */
function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(UNFINISHED)) continue;
    const maker = Number(name.slice(UNFINISHED.length));
    if (maker === process.pid || !findProcess(maker)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Gives a folder and all in it to a user. */
function own(path: string, uid: number): void {
  for (const entry of readdirSync(path, { recursive: true, encoding: 'utf8' })) lchownSync(join(path, entry), uid, uid);
  // The last, for it tells that all of them are.
  lchownSync(path, uid, uid);
}

/** A name is on the disk only when its folder is. */
function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
