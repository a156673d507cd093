import { uidOf, type NewNotice, type NoticeChannel, type NoticeFeed, type NoticeStore } from '@yuheng/engine';
import { MAX_TEXT, type News } from './news.ts';
import { plainLine } from './plain-line.ts';

/** Changes of one portion. */
const PORTION = 200;

/** Something that changed and may be worth a notice. */
export interface Change {
  readonly tenant: string;
  readonly uid: string;
  readonly severityId: number;
  readonly title: string;
  readonly revision: number;
  /** It no longer holds. */
  readonly retracted: boolean;
  tell(): News;
}

/** Where news comes from. */
export interface Feed {
  readonly name: NoticeFeed;
  /** What changed after a revision, of all tenants, in that order. */
  changes(afterRevision: number, limit: number): Promise<readonly Change[]>;
}

/** Whom to tell of what. */
export interface NoticePolicy {
  readonly channels: readonly NoticeChannel[];
  /** OCSF `severity_id`: what is less severe is not told. */
  readonly leastSeverityId: number;
}

/** Writes a notice for each channel when something first reaches the level that is told, and when it becomes worse. */
export class NoticeWriter {
  private readonly store: Pick<NoticeStore, 'follow' | 'write'>;
  private readonly policy: NoticePolicy;

  constructor(store: Pick<NoticeStore, 'follow' | 'write'>, policy: NoticePolicy) {
    this.store = store;
    this.policy = policy;
  }

  /** Reads what is new in a feed, to its end or until it shall stop: the mark says where to go on. */
  async read(feed: Feed, nowMs: number, isStopping: () => boolean): Promise<void> {
    for (let mark = await this.store.follow(feed.name); !isStopping();) {
      const changes = await feed.changes(mark, PORTION);
      if (changes.length === 0) return;
      mark = changes.at(-1)!.revision;
      const worth = changes.filter(({ severityId, retracted }) => !retracted && this.isTold(severityId));
      await this.store.write(
        feed.name,
        worth.flatMap((change) => this.noticesOf(change, nowMs)),
        mark,
      );
    }
  }

  private isTold(severityId: number): boolean {
    return severityId >= this.policy.leastSeverityId;
  }

  private noticesOf(change: Change, nowMs: number): NewNotice[] {
    const { tenant, uid: about, severityId } = change;
    const body = JSON.stringify(change.tell());
    const title = plainLine(change.title, MAX_TEXT);
    return this.policy.channels.map((channel) => {
      const uid = uidOf('notice', tenant, about, channel, String(severityId));
      return { uid, tenant, channel, about, severityId, title, body, createdMs: nowMs };
    });
  }
}
