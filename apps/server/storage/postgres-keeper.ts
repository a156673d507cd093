import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres, type DatabaseAddress, type PostgresServer } from '@yuheng/adapter-postgres';
import type { Log } from '../log.ts';

/** Pauses between attempts to start again, ms. */
const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 5_000;

/** Keeps the embedded PostgreSQL running: when it dies it is started again on the same folder and socket. */
export class PostgresKeeper {
  private readonly folder: string;
  private readonly log: Log;
  private server: PostgresServer;
  private stopping = false;

  private constructor(folder: string, log: Log, server: PostgresServer) {
    this.folder = folder;
    this.log = log;
    this.server = server;
    this.watch();
  }

  static async start(folder: string, log: Log): Promise<PostgresKeeper> {
    return new PostgresKeeper(folder, log, await startPostgres({ folder, log: () => {} }));
  }

  get address(): DatabaseAddress {
    return this.server.connection;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.server.stop();
  }

  private watch(): void {
    this.server.onExit((how) => {
      if (this.stopping) return;
      this.log.error('YH-POSTGRES-DIED', `PostgreSQL ${how}; it is started again. What was accepted is safe.`);
      void this.restart();
    });
  }

  private async restart(): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !this.stopping; pause = Math.min(2 * pause, LAST_PAUSE_MS)) {
      try {
        this.server = await startPostgres({ folder: this.folder, log: () => {} });
        this.log.info('PostgreSQL is back.');
        return this.watch();
      } catch (error) {
        this.log.error('YH-POSTGRES-DIED', String(error));
        await sleep(pause);
      }
    }
  }
}
