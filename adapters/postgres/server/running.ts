import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { PASSWORD, USER } from './cluster.ts';
import { readPostmasterNote } from './postmaster-file.ts';
import { findProcess } from './processes.ts';
import type { PostgresConnection } from './server-process.ts';
import { socketFolder, SOCKET_PORT } from './socket-folder.ts';

/** How to reach the server that another process runs on a folder; `undefined` when none does. */
export function runningPostgres(folder: string): PostgresConnection | undefined {
  if (!existsSync(folder)) return undefined;
  const home = realpathSync(folder);
  const cluster = join(home, 'cluster');
  const note = readPostmasterNote(cluster);
  if (!note?.ready || !findProcess(note.pid)) return undefined;
  const password = readFileSync(join(cluster, PASSWORD), 'utf8');
  return { host: socketFolder(home), port: SOCKET_PORT, user: USER, password, database: 'postgres' };
}
