import type * as Chdb from 'chdb';
import type { Session } from 'chdb';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { freeBytes, Room } from './room.ts';

/** So many users' queries run at once; others wait. Each has a connection of its own. */
const READERS = 4;
/** A killed process's lock is gone when the system has cleaned up after it. */
const LOCK_MS = 15_000;
const LOCK_STEP_MS = 150;
const INSERT = /^INSERT INTO (\w+) SETTINGS (\w+ = \d+(?:, \w+ = \d+)*) FORMAT JSONEachRow$/;
/** Statements that need room. Dropping days makes some. */
const NEEDS_ROOM = /^(INSERT|DELETE) /;
/** The engine gives these as a whole only. */
const UNSTREAMED = /^EXPLAIN /;

/** Another process has the folder. */
export class FolderInUse extends Error {}

/** The embedded engine on one folder: a connection that writes, and some that run users' queries. */
export class Engine {
  private readonly writer: Session;
  private readonly pulse: Session;
  private readonly idle: Session[];
  private readonly waiting: ((reader: Session) => void)[] = [];
  private readonly room: Room;
  private lastWrite: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, writer: Session, pulse: Session, readers: Session[]) {
    this.writer = writer;
    this.pulse = pulse;
    this.idle = readers;
    // Beside all else: a deletion may wait for merges to go on.
    const merges = (verb: string): void => void pulse.queryAsync(`SYSTEM ${verb} MERGES`).catch(giveUp);
    this.room = new Room(() => freeBytes(folder), { rest: () => merges('STOP'), goOn: () => merges('START'), giveUp });
    this.room.start();
  }

  /** Opens the folder and makes `database` in it. Waits for a killed process's lock. Throws `FolderInUse`. */
  static async open(folder: string, database: string): Promise<Engine> {
    const chdb = createRequire(import.meta.url)('chdb') as typeof Chdb;
    const connect = (): Session => {
      const session = new chdb.Session(folder);
      // The engine's own default database reads files of the machine by their names.
      session.query(`CREATE DATABASE IF NOT EXISTS ${database}`);
      session.query(`USE ${database}`);
      return session;
    };
    const writer = await patiently(connect);
    return new Engine(folder, writer, connect(), Array.from({ length: READERS }, connect));
  }

  /** One of our own statements; one after the other. */
  write(sql: string, body: Buffer): Promise<Uint8Array> {
    const result = this.lastWrite.then(() => this.execute(sql, body));
    this.lastWrite = result.catch(() => {});
    return result;
  }

  /** A query, which names its format (EXPLAIN has ClickHouse's default), on a connection of its own, in portions. */
  async *read(sql: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const reader = this.idle.pop() ?? (await new Promise<Session>((resolve) => this.waiting.push(resolve)));
    try {
      if (signal.aborted) return;
      if (UNSTREAMED.test(sql)) yield (await reader.queryAsync(sql, { format: 'TabSeparated' })).bytes();
      else for await (const chunk of reader.queryStream(sql)) yield chunk.raw();
    } finally {
      const next = this.waiting.shift();
      if (next) next(reader);
      else this.idle.push(reader);
    }
  }

  /** Does the simplest work there is, beside all else. */
  async ping(): Promise<void> {
    await this.pulse.queryAsync('SELECT 1');
  }

  /** To be called when nothing runs any more. */
  close(): void {
    this.room.stop();
    for (const session of [...this.idle, this.pulse, this.writer]) session.close();
  }

  private async execute(sql: string, body: Buffer): Promise<Uint8Array> {
    if (NEEDS_ROOM.test(sql) && !this.room.hasRoom()) throw new Error(NO_ROOM);
    const insert = INSERT.exec(sql);
    if (!insert) return (await this.writer.queryAsync(sql)).bytes();
    const settings = Object.fromEntries(insert[2]!.split(', ').map((pair) => pair.split(' = ')));
    await this.writer.insert({ table: insert[1]!, values: body, format: 'JSONEachRow', settings });
    // Before it is acknowledged: there was room for all of it.
    this.room.look();
    return new Uint8Array();
  }
}

const NO_ROOM =
  'Code: 243. DB::Exception: Too little is free on the disk for anything to be written. (NOT_ENOUGH_SPACE)';

/** Ends this process at once, as a crash would: its parent starts another, which reads what is on the disk. */
function giveUp(): void {
  process.stderr.write('The disk was filled while the engine wrote: it is started again, to look at what is there.\n');
  process.kill(process.pid, 'SIGKILL');
}

async function patiently(connect: () => Session): Promise<Session> {
  for (const since = performance.now(); ; await sleep(LOCK_STEP_MS)) {
    try {
      return connect();
    } catch (error) {
      const locked = (error as { code?: unknown }).code === 'CHDB_CONNECTION';
      if (!locked) throw error;
      if (performance.now() - since > LOCK_MS) throw new FolderInUse((error as Error).message);
    }
  }
}
