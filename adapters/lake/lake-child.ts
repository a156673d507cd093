import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FromChild, ToChild } from './child/messages.ts';
import type { ClickHouse } from './clickhouse.ts';
import { LakeError } from './lake-error.ts';
import { clickHouseOf, removeLakeNote, writeLakeNote } from './running.ts';

/** The engine's queries hold threads of Node's pool; with the usual four, a few searches would stop all file access. */
const THREADS = 16;
const DATABASE = 'yuheng';
/** Between a death and the next start; doubles up to the second. */
const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 5_000;
/** A child that lived so long starts the pauses anew. */
const STEADY_MS = 60_000;
/** How long a request waits for the child to be up again. */
const WAIT_MS = 60_000;
const SILENCE_MS = 60_000;
/** For an orderly end, before it is made an abrupt one. */
const CLOSE_MS = 10_000;

/** Where the embedded lake keeps its data, and how it is started. */
export interface LakeOptions {
  /** Made when absent. */
  readonly folder: string;
  /** Path of the bundled `lake-process.ts`. */
  readonly entry: string;
  /** One line that the engine wrote, or what became of its process. */
  log(line: string): void;
  /** A process that answers nothing for so long, ms, is killed and started again; by default a minute. */
  readonly silenceMs?: number;
}

/** The embedded engine in a process of its own, started again whenever it dies. */
export class LakeChild {
  private readonly options: LakeOptions;
  private child: ChildProcess | undefined;
  private clickhouse: ClickHouse | undefined;
  private closing = false;
  private watching: Promise<void> | undefined;
  private readonly waiting = new Set<() => void>();

  private constructor(options: LakeOptions) {
    this.options = options;
  }

  /** Starts the process; returns when it answers. Throws `LakeError`. */
  static async start(options: LakeOptions): Promise<LakeChild> {
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    const lake = new LakeChild(options);
    const { ended } = await lake.launch();
    lake.watching = lake.watch(ended);
    return lake;
  }

  /** Process number of the child that runs now. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** The running engine; waits while it is started again. */
  async get(): Promise<ClickHouse> {
    if (!this.clickhouse && !this.closing) {
      await Promise.race([
        new Promise<void>((resolve) => this.waiting.add(resolve)),
        sleep(WAIT_MS, undefined, { ref: false }),
      ]);
    }
    if (this.closing) throw new LakeError('YH-LAKE-CLOSED', 'The lake is closed.');
    if (this.clickhouse) return this.clickhouse;
    throw new LakeError(
      'YH-LAKE-UNAVAILABLE',
      `The lake's process has not come up again for ${WAIT_MS / 1000} seconds. Its log says why.`,
    );
  }

  async close(): Promise<void> {
    this.closing = true;
    this.wake();
    removeLakeNote(this.options.folder);
    await this.clickhouse?.close();
    const { child } = this;
    if (child?.connected) child.send({ kind: 'close' } satisfies ToChild);
    const abrupt = setTimeout(() => child?.kill('SIGKILL'), CLOSE_MS);
    await this.watching;
    clearTimeout(abrupt);
  }

  /** Starts the child anew each time it ends. */
  private async watch(first: Promise<string>): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    for (let ended = first, since = performance.now(); ; since = performance.now()) {
      const how = await ended;
      void this.clickhouse?.close();
      this.clickhouse = undefined;
      if (this.closing) return;
      if (performance.now() - since > STEADY_MS) pause = FIRST_PAUSE_MS;
      this.options.log(`The lake's process ${how}; it is started again in ${pause} ms.`);
      await sleep(pause);
      if (this.closing) return;
      pause = Math.min(pause * 2, LAST_PAUSE_MS);
      ended = this.launch().then(
        (child) => child.ended,
        (error: Error) => `did not start: ${error.message}`,
      );
    }
  }

  /** One child; resolves when it answers. */
  private async launch(): Promise<{ readonly ended: Promise<string> }> {
    const token = randomBytes(32).toString('hex');
    const child = fork(this.options.entry, [], {
      env: { ...process.env, UV_THREADPOOL_SIZE: String(THREADS) },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
    });
    this.child = child;
    createInterface({ input: child.stderr! }).on('line', (line) => this.options.log(line));
    const ended = new Promise<string>((resolve) => {
      child.on('error', (error) => resolve(error.message));
      child.on('exit', (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with exit code ${code}`));
    });
    const { folder } = this.options;
    child.send({ kind: 'start', folder, database: DATABASE, token } satisfies ToChild, () => {});
    const port = await Promise.race([this.readyPort(child), ended.then((how) => Promise.reject(startError(how)))]);
    const note = { port, token, database: DATABASE };
    writeLakeNote(folder, note);
    this.clickhouse = clickHouseOf(note);
    this.wake();
    void this.guard(child, this.clickhouse);
    return { ended };
  }

  /** Kills the child when it falls silent: what waits for it then goes on with the next. */
  private async guard(child: ChildProcess, clickhouse: ClickHouse): Promise<void> {
    const { silenceMs = SILENCE_MS, log } = this.options;
    const runs = (): boolean => child.exitCode === null && child.signalCode === null && !this.closing;
    while (runs()) {
      await sleep(silenceMs / 4, undefined, { ref: false });
      if (!runs() || (await clickhouse.isAlive(silenceMs)) || !runs()) continue;
      log(`The lake's process has not answered for ${silenceMs} ms; it is killed.`);
      child.kill('SIGKILL');
    }
  }

  private readyPort(child: ChildProcess): Promise<number> {
    return new Promise((resolve, reject) => {
      child.once('message', (message: FromChild) => {
        if (message.kind === 'ready') return resolve(message.port);
        child.kill('SIGKILL');
        reject(refusal(message, this.options.folder));
      });
    });
  }

  private wake(): void {
    for (const go of this.waiting) go();
    this.waiting.clear();
  }
}

function startError(how: string): LakeError {
  return new LakeError('YH-LAKE-FAILED', `The lake's process ${how} before it was ready. Its log says more.`);
}

function refusal({ reason, detail }: Extract<FromChild, { kind: 'failed' }>, folder: string): LakeError {
  if (reason === 'in-use') return inUse(folder);
  return reason === 'full' ? full(folder, detail) : missing(detail);
}

function full(folder: string, detail: string): LakeError {
  return new LakeError('YH-LAKE-FULL', `The disk of the lake in ${folder} is full: ${detail}. Make room on it.`);
}

function inUse(folder: string): LakeError {
  return new LakeError(
    'YH-DATA-IN-USE',
    `Another process holds the lake in ${folder}. Stop that Yuheng first, or give this one a data folder of its own (--data).`,
  );
}

function missing(detail: string): LakeError {
  return new LakeError(
    'YH-LAKE-MISSING',
    `The lake's engine (chdb) could not be opened: ${detail}. Run "npm install chdb", or give the address of a ClickHouse of your own.`,
  );
}
