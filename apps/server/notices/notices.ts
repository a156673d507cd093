import { severityOf, type FindingStore, type NoticeStore, type SilenceStore } from '@yuheng/engine';
import type { Changes } from '../changes.ts';
import type { Log } from '../log.ts';
import type { ServerConfig } from '../sources/config.ts';
import { Bell } from './bell.ts';
import type { Channel } from './channel.ts';
import { incidentFeed, silenceFeed } from './feeds.ts';
import { Sender } from './sender.ts';
import { NoticeWriter, type Feed } from './writer.ts';

/** After a failure, before the news are read again, ms. */
const RETRY_MS = 10_000;
/** The longest that a timer waits, ms: news rings. */
const NEVER_MS = 2 ** 31 - 1;

/** What notices are made of and told by. */
export interface NoticeParts {
  readonly config: ServerConfig['notices'];
  readonly channels: readonly Channel[];
  readonly store: NoticeStore;
  readonly findings: Pick<FindingStore, 'changes'>;
  readonly silence: Pick<SilenceStore, 'changes'>;
  readonly changes: Changes;
  readonly log: Log;
}

/** Tells people outside of what they should know: news goes into the outbox, and from there by every channel to who takes it. */
export class Notices {
  private readonly parts: NoticeParts;
  private readonly writer: NoticeWriter;
  private readonly senders: readonly Sender[];
  private readonly bell = new Bell();
  private stopping = false;
  private ended: Promise<void> = Promise.resolve();

  constructor(parts: NoticeParts) {
    const { config, channels, store, log } = parts;
    this.parts = parts;
    const leastSeverityId = severityOf(config.severity);
    this.writer = new NoticeWriter(store, { channels: channels.map(({ name }) => name), leastSeverityId });
    this.senders = channels.map((channel) => new Sender(channel, store, log));
  }

  /** Sets where the news begins, before anything is concluded: what was there when notices were switched on is no news. */
  async prepare(): Promise<void> {
    const { channels, store } = this.parts;
    for (const feed of ['incidents', 'operations'] as const) {
      if (channels.length > 0) await store.follow(feed);
      else await store.unfollow(feed);
    }
  }

  /** `url`: where the server listens. */
  start(url: string): void {
    const { config, channels, changes, findings, silence } = this.parts;
    if (channels.length === 0) return;
    changes.listenToAll((what) => (what === 'incidents' || what === 'operations') && this.bell.ring());
    for (const sender of this.senders) sender.start();
    const consoleUrl = (config.console ?? url).replace(/\/$/, '');
    this.ended = this.run([incidentFeed(findings, consoleUrl), silenceFeed(silence, consoleUrl)]);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.bell.ring();
    await Promise.all([this.ended, ...this.senders.map((sender) => sender.stop())]);
  }

  private async run(feeds: readonly Feed[]): Promise<void> {
    while (!this.stopping) {
      try {
        for (const feed of feeds) await this.writer.read(feed, Date.now(), () => this.stopping);
        for (const sender of this.senders) sender.ring();
        await this.bell.wait(NEVER_MS);
      } catch (error) {
        this.parts.log.error('YH-NOTICE', `News could not be read and are read again: ${String(error)}`);
        await this.bell.wait(RETRY_MS);
      }
    }
  }
}
