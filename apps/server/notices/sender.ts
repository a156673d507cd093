import type { Notice, NoticeStore } from '@yuheng/engine';
import type { Log } from '../log.ts';
import { Bell } from './bell.ts';
import { NotDelivered, type Channel } from './channel.ts';
import { LONGEST_PAUSE_MS, pauseAfter } from './pauses.ts';

/** Notices that are delivered at the same time. */
const AT_ONCE = 8;
/** How often it is looked whether one is due, ms. */
const LOOK_MS = 1_000;

/** Delivers what waits in the outbox for one channel, each notice until it is taken or given up. */
export class Sender {
  private readonly channel: Channel;
  private readonly store: Pick<NoticeStore, 'due' | 'book'>;
  private readonly log: Log;
  private readonly bell = new Bell();
  private readonly stopping = new AbortController();
  private ended: Promise<void> = Promise.resolve();

  constructor(channel: Channel, store: Pick<NoticeStore, 'due' | 'book'>, log: Log) {
    this.channel = channel;
    this.store = store;
    this.log = log;
  }

  start(): void {
    this.ended = this.run();
  }

  /** Something new waits. */
  ring(): void {
    this.bell.ring();
  }

  /** What is on its way is broken off and stays due. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.bell.ring();
    await this.ended;
  }

  /** Delivers what is due at this moment (ms); how many there were, at most `AT_ONCE`. */
  async deliverDue(nowMs: number): Promise<number> {
    const due = await this.store.due(this.channel.name, nowMs, LONGEST_PAUSE_MS, AT_ONCE);
    await Promise.all(due.map((notice) => this.deliver(notice, nowMs)));
    return due.length;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const delivered = await this.deliverDue(Date.now()).catch((error: unknown) => {
        this.log.error('YH-NOTICE', `The outbox cannot be read and is tried again: ${String(error)}`);
        return 0;
      });
      if (delivered === 0) await this.bell.wait(LOOK_MS);
    }
  }

  private async deliver(notice: Notice, nowMs: number): Promise<void> {
    const { signal } = this.stopping;
    let remark: string;
    try {
      remark = await this.channel.deliver(notice, signal);
    } catch (error) {
      if (signal.aborted) return;
      const why = error instanceof NotDelivered ? error.message : `it could not be told (${(error as Error).name})`;
      return this.bookFailure(notice, why, nowMs);
    }
    if (remark !== '') this.log.error('YH-NOTICE', `A notice by ${this.channel.name} was not taken by all: ${remark}.`);
    await this.store.book(notice, { state: 'sent', atMs: nowMs, error: remark });
  }

  private async bookFailure(notice: Notice, error: string, nowMs: number): Promise<void> {
    const pause = pauseAfter(notice.attempts + 1);
    const what = `A notice by ${this.channel.name} was not taken: ${error}`;
    if (pause === undefined) this.log.error('YH-NOTICE-FAILED', `${what}. It is given up.`);
    else if (notice.attempts === 0) this.log.error('YH-NOTICE', `${what}. It is tried again.`);
    await this.store.book(
      notice,
      pause === undefined ? { state: 'failed', atMs: nowMs, error } : { state: 'pending', dueMs: nowMs + pause, error },
    );
  }
}
