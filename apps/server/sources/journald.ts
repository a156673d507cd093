import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Journal } from '@yuheng/engine';
import type { Log } from '../log.ts';
import type { Deliverer } from './deliver.ts';
import { ExportFramer } from './export-framer.ts';

/** systemd's journal of this machine. */
export interface JournaldOptions {
  readonly tenant: string;
  readonly source: string;
  /** The program that reads it. */
  readonly command: string;
}

/** Wait before `journalctl` is started again, ms. */
const RESTART_MS = 5_000;

/** Follows systemd's journal by `journalctl --output=export`: every entry once, over restarts. */
export class JournaldFollower {
  private readonly options: JournaldOptions;
  private readonly deliverer: Deliverer;
  private readonly journal: Pick<Journal, 'cursor'>;
  private readonly log: Log;
  private child: ChildProcess | undefined;
  private stopping = false;
  private ended: Promise<void> = Promise.resolve();

  constructor(options: JournaldOptions, deliverer: Deliverer, journal: Pick<Journal, 'cursor'>, log: Log) {
    this.options = options;
    this.deliverer = deliverer;
    this.journal = journal;
    this.log = log;
  }

  start(): void {
    this.ended = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.child?.kill('SIGTERM');
    await this.ended;
  }

  private get cursorName(): string {
    return `journald ${this.options.tenant}`;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      await this.follow().catch((error: unknown) => {
        this.log.error('YH-JOURNALD', `systemd's journal cannot be followed: ${String(error)}; it is tried again.`);
      });
      for (let waited = 0; waited < RESTART_MS && !this.stopping; waited += 100) await sleep(100);
    }
  }

  private async follow(): Promise<void> {
    const cursor = await this.journal.cursor(this.cursorName);
    const from = cursor === undefined ? ['--lines=0'] : [`--after-cursor=${cursor}`];
    const args = ['--output=export', '--follow', ...from];
    const child = spawn(this.options.command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint = chunk.toString().slice(0, 500)));
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    await Promise.race([this.read(child), failed]);
    if (!this.stopping) throw new Error(complaint.trim() || 'journalctl ended');
  }

  private async read(child: ChildProcess): Promise<void> {
    const framer = new ExportFramer();
    for await (const chunk of child.stdout!) {
      const entries = framer.push(chunk as Buffer);
      if (entries.body.byteLength === 0) continue;
      const { tenant, source } = this.options;
      const { body, cursor } = entries;
      await this.deliverer.deliver({
        tenant,
        source,
        body,
        ...(cursor === undefined ? {} : { cursor: { name: this.cursorName, value: cursor } }),
      });
    }
  }
}
