import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { USER, type Cluster } from './cluster.ts';
import { launch, type Launcher } from './launcher.ts';
import { starterSetting } from './leftovers.ts';
import { readPostmasterNote } from './postmaster-file.ts';
import { ENVIRONMENT } from './run.ts';
import { makeSocketFolder, removeSocketFolder, SOCKET_PORT } from './socket-folder.ts';

/** After a crash the server reads its log from the last checkpoint on before it is ready. */
const READY_MS = 120_000;
const READY_STEP_MS = 10;
/** For a fast shutdown, before it is made an immediate one. */
const STOP_MS = 8_000;
/** Lines of output that an error tells, and how long they may take to arrive after the end. */
const KEPT_LINES = 8;
const LAST_LINES_MS = 500;

/** How to reach the server; the options of postgres.js and pg. `host` is the socket's folder. */
export interface PostgresConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** A running embedded PostgreSQL. */
export interface PostgresServer {
  readonly connection: PostgresConnection;
  readonly pid: number;
  /** Called once, with how it ended, when the server ends without having been stopped; at once when it has. */
  onExit(listener: (how: string) => void): void;
  /** Shuts down in order (connections are cut, everything is on disk); returns when it is gone. */
  stop(): Promise<void>;
}

/** All that a server is started with. */
export interface ServerStart {
  readonly postgres: string;
  readonly launcher: Launcher;
  readonly cluster: Cluster;
  /** The folder around cluster and socket. */
  readonly home: string;
  log(line: string): void;
}

/** One run of the server's process. */
export class ServerProcess implements PostgresServer {
  readonly connection: PostgresConnection;
  readonly pid: number;
  private readonly start: ServerStart;
  private readonly child: ChildProcess;
  private readonly exited: Promise<string>;
  private readonly lastLines: string[] = [];
  private ended: string | undefined;
  private stopping = false;

  constructor(start: ServerStart) {
    const { cluster, home, launcher } = start;
    const socket = makeSocketFolder(home, launcher.owner);
    this.start = start;
    this.connection = { host: socket, port: SOCKET_PORT, user: USER, password: cluster.password, database: 'postgres' };
    const [command, ...args] = launch(launcher, start.postgres, serverArguments(cluster.path, socket));
    // A terminal's Ctrl-C is for us, not for its group: we still need the database while we stop.
    const how = { cwd: '/', env: ENVIRONMENT, detached: true } as const;
    this.child = spawn(command, args, { ...how, stdio: ['ignore', 'ignore', 'pipe'] });
    this.pid = this.child.pid ?? 0;
    createInterface({ input: this.child.stderr! }).on('line', (line) => this.keep(line));
    this.exited = new Promise((resolve) => {
      this.child.on('error', (error) => resolve(error.message));
      this.child.on('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with exit code ${code}`));
    });
    this.exited.then((end) => (this.ended = end));
  }

  /** Waits for connections to be taken; tells why when they never will be. */
  async ready(): Promise<string | undefined> {
    for (const since = performance.now(); performance.now() - since < READY_MS; await sleep(READY_STEP_MS)) {
      if (this.ended !== undefined) return this.whyEnded(this.ended);
      const note = readPostmasterNote(this.start.cluster.path);
      if (note?.pid === this.pid && note.ready) return undefined;
    }
    await this.stop();
    return `not ready after ${READY_MS / 1000} seconds: ${this.lastLines.join(' ')}`;
  }

  onExit(listener: (how: string) => void): void {
    this.exited.then((how) => {
      if (!this.stopping) listener(how);
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.child.kill('SIGINT');
    const hard = setTimeout(() => this.child.kill('SIGQUIT'), STOP_MS);
    await this.exited;
    clearTimeout(hard);
    removeSocketFolder(this.start.home);
  }

  private keep(line: string): void {
    this.lastLines.push(line);
    if (this.lastLines.length > KEPT_LINES) this.lastLines.shift();
    this.start.log(line);
  }

  private async whyEnded(end: string): Promise<string> {
    const output = this.child.stderr!;
    if (!output.closed) await Promise.race([once(output, 'close'), sleep(LAST_LINES_MS)]);
    return [end, ...this.lastLines].join(' | ');
  }
}

function serverArguments(cluster: string, socket: string): string[] {
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${socket}`,
    'unix_socket_permissions=0600',
    'lc_messages=C',
    'timezone=UTC',
    'log_timezone=UTC',
    starterSetting(),
  ];
  return ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])];
}
