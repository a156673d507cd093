import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Journal } from '@yuheng/engine';
import type { Intake } from '../intake/intake.ts';
import type { Log } from '../log.ts';
import type { ServerConfig } from './config.ts';
import { Deliverer } from './deliver.ts';
import { Follower } from './follow.ts';
import { JournaldFollower } from './journald.ts';
import { SyslogListener } from './syslog.ts';

/** Files of one folder that are followed. */
const MAX_FILES = 1_000;
/** How often a folder is looked through for new files, ms. */
const FOLDER_MS = 5_000;

/** The readers of `sources` in the configuration. */
export class Sources {
  private readonly config: ServerConfig;
  private readonly journal: Journal;
  private readonly log: Log;
  private readonly deliverer: Deliverer;
  private readonly readers: { stop(): Promise<void> }[] = [];
  private readonly followed = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(config: ServerConfig, intake: Pick<Intake, 'accept'>, journal: Journal, log: Log) {
    this.config = config;
    this.journal = journal;
    this.log = log;
    this.deliverer = new Deliverer(intake, log);
  }

  async start(): Promise<void> {
    for (const source of this.config.sources) {
      if ('syslog' in source) {
        const { tenant, syslog } = source;
        const listener = new SyslogListener({ ...syslog, tenant, source: source.source }, this.deliverer, this.log);
        const ports = await listener.start();
        this.log.info(`Listening for syslog on ${syslog.host}: ${JSON.stringify(ports)}.`);
        this.readers.push(listener);
      }
      if ('journald' in source) {
        const reader = new JournaldFollower(source, this.deliverer, this.journal, this.log);
        reader.start();
        this.readers.push(reader);
      }
    }
    await this.followAll();
    const failed = (error: unknown): void =>
      this.log.error('YH-FOLLOW', `New files could not be followed and are tried again: ${String(error)}`);
    this.timer = setInterval(() => void this.followAll().catch(failed), FOLDER_MS).unref();
  }

  /** Readers end first, so that nothing is read that cannot be taken. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.deliverer.stop();
    await Promise.all(this.readers.map((reader) => reader.stop()));
  }

  /** Files that are named, and all files of folders that are named, also those that come later. */
  private async followAll(): Promise<void> {
    for (const source of this.config.sources) {
      if (!('follow' in source)) continue;
      for (const path of source.follow)
        for (const file of await filesAt(path)) await this.follow(file, source.tenant, source.source);
    }
  }

  private async follow(path: string, tenant: string, source: string | undefined): Promise<void> {
    const id = JSON.stringify([tenant, path]);
    if (this.followed.has(id)) return;
    const follower = new Follower({ path, tenant, source }, this.deliverer, this.journal, this.log);
    this.followed.add(id);
    await follower.start().catch((error: unknown) => {
      this.followed.delete(id);
      throw error;
    });
    this.readers.push(follower);
  }
}

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  // What was rotated away is read by the follower of its old name; what is packed is not followed.
  const files = entries.filter((entry) => entry.isFile() && !/\.(?:\d+|gz|xz|bz2|zst|old)$/.test(entry.name));
  return files.slice(0, MAX_FILES).map((entry) => join(path, entry.name));
}
