import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries } from './binaries.ts';
import { prepareCluster } from './cluster.ts';
import { chooseLauncher } from './launcher.ts';
import { clearLeftovers } from './leftovers.ts';
import { PostgresError } from './postgres-error.ts';
import { ServerProcess, type PostgresServer } from './server-process.ts';
import { clearSocketFolder } from './socket-folder.ts';

/** Processes of a killed server hold its memory for seconds after it is gone. */
const RETRY_MS = 20_000;
const RETRY_STEP_MS = 150;
/** What PostgreSQL says when a server that is gone still seems to be there. */
const STILL_HELD = /lock file ".*" already exists|shared memory block .* is still in use/;

/** Where an embedded server keeps its data, and where its log lines go. */
export interface PostgresOptions {
  /** Made when absent. Holds the database and, where its path is short enough, the socket. */
  readonly folder: string;
  /** One line of PostgreSQL's own log, without its line end. */
  log(line: string): void;
}

/**
 * Starts PostgreSQL on a folder, listening on a unix socket only, and returns when it takes connections. It dies with this process, however
 * that dies; what an earlier one left is waited for. As root it runs as an unprivileged user. To be called from the main thread: the
 * kernel ties the server to the thread that started it. Throws `PostgresError`.
 */
export async function startPostgres({ folder, log }: PostgresOptions): Promise<PostgresServer> {
  const { initdb, postgres } = findBinaries();
  const home = makeHome(folder);
  const launcher = await chooseLauncher(postgres, home);
  const cluster = await prepareCluster(initdb, home, launcher);
  await clearLeftovers(cluster.path);
  for (const since = performance.now(); ; await sleep(RETRY_STEP_MS)) {
    const server = new ServerProcess({ postgres, launcher, cluster, home, log });
    const failure = await server.ready();
    if (failure === undefined) return server;
    // Another server's socket must not be touched: whether there is one is looked at first.
    await clearLeftovers(cluster.path);
    clearSocketFolder(home);
    if (STILL_HELD.test(failure) && performance.now() - since < RETRY_MS) continue;
    throw new PostgresError(
      'YH-POSTGRES-FAILED',
      `PostgreSQL did not start on ${cluster.path}: ${failure}. Mend what it says and start again; the data is as it was.`,
    );
  }
}

function makeHome(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return realpathSync(folder);
  } catch (error) {
    throw new PostgresError(
      'YH-POSTGRES-FAILED',
      `PostgreSQL's folder ${folder} cannot be used: ${(error as Error).message}. ` +
        'Start Yuheng as the user that the folder belongs to, or give it another one (--data).',
      error,
    );
  }
}
