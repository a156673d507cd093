import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries } from '../binaries.ts';
import { prepareCluster, USER } from '../cluster.ts';
import { chooseLauncher, launch } from '../launcher.ts';
import { readPostmasterNote } from '../postmaster-file.ts';
import { ENVIRONMENT } from '../run.ts';

/** A PostgreSQL as an operator runs one: reached over TCP with a password. */
export interface TcpPostgres {
  readonly url: string;
  /** Again, after it was stopped, at the same address. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stops it and removes what it kept. */
  remove(): Promise<void>;
}

/** Starts one on a folder of its own. */
export async function startTcpPostgres(): Promise<TcpPostgres> {
  const { initdb, postgres } = findBinaries();
  const home = mkdtempSync(join(tmpdir(), 'yuheng-pgtest-'));
  chmodSync(home, 0o755);
  const launcher = await chooseLauncher(postgres, home);
  const cluster = await prepareCluster(initdb, home, launcher);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories='];
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const asked = ['-D', cluster.path, ...settings.flatMap((setting) => ['-c', setting])];
    const [command, ...args] = launch(launcher, postgres, asked);
    child = spawn(command, args, { cwd: '/', env: ENVIRONMENT, stdio: 'ignore' });
    while (!readPostmasterNote(cluster.path)?.ready) await sleep(20);
  };
  const stop = async (): Promise<void> => {
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGINT');
    await gone;
  };
  await start();
  return {
    url: `postgres://${USER}:${cluster.password}@127.0.0.1:${port}/postgres`,
    start,
    stop,
    async remove() {
      await stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A port that nobody has just now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
