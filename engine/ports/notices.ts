import type { Order } from '../order.ts';

/** The ways by which notices go out. */
export const NOTICE_CHANNELS = ['webhook', 'mail'] as const;
/** One of `NOTICE_CHANNELS`. */
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number];

/** What became of a notice: it waits (for the first or a further attempt), was taken by the receiver, or was given up. */
export const NOTICE_STATES = ['pending', 'sent', 'failed'] as const;
/** One of `NOTICE_STATES`. */
export type NoticeState = (typeof NOTICE_STATES)[number];

/** Where notices come from; each feed is read in the order of its revisions. */
export type NoticeFeed = 'incidents' | 'operations';

/** Something to tell somebody by one channel. */
export interface NewNotice {
  /** The same for the same news: a repeated write adds nothing, and a receiver can tell a repeated delivery. */
  readonly uid: string;
  readonly tenant: string;
  readonly channel: NoticeChannel;
  /** Uid of the incident or operational finding. */
  readonly about: string;
  readonly severityId: number;
  readonly title: string;
  /** What is told, as JSON text, kept byte for byte. */
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
}

/** A notice on the books. */
export interface Notice extends NewNotice {
  readonly state: NoticeState;
  /** Attempts that failed. */
  readonly attempts: number;
  /** While it waits: when it is tried next. */
  readonly dueMs: number;
  /** When it was sent or given up. */
  readonly settledMs?: number;
  /** Why the last attempt failed, or what was not taken of one that did not; else `''`. */
  readonly error: string;
}

/** How many notices of one channel are in which state. */
export type NoticeCount = { readonly channel: NoticeChannel } & { readonly [state in NoticeState]: number };

/** What came of an attempt. */
export type NoticeOutcome =
  | { readonly state: 'sent' | 'failed'; readonly atMs: number; readonly error: string }
  | { readonly state: 'pending'; readonly dueMs: number; readonly error: string };

/** The outbox: a notice is written with the mark behind the news that it tells, so that none is lost or told twice by a crash. */
export interface NoticeStore {
  /** How far a feed was read, as a revision; a feed that is read for the first time begins at what comes next. */
  follow(feed: NoticeFeed): Promise<number>;
  /** Nobody is told of a feed's news for now: when it is followed again, it begins anew. */
  unfollow(feed: NoticeFeed): Promise<void>;
  /**
   * Writes notices and how far the feed was read, in one commit. Left out is what was told already: news of no higher severity, by the same
   * channel, of the same incident or one that it took up.
   */
  write(feed: NoticeFeed, notices: readonly NewNotice[], mark: number): Promise<void>;
  /**
   * Pending notices of a channel, of all tenants, whose time has come, the earliest first. What seems to be put off for longer than `maxWaitMs`
   * was put off before the clock was set back: it is due.
   */
  due(channel: NoticeChannel, nowMs: number, maxWaitMs: number, limit: number): Promise<readonly Notice[]>;
  /** Books what came of an attempt. */
  book(notice: Pick<Notice, 'tenant' | 'uid'>, outcome: NoticeOutcome): Promise<void>;
  /** The books of a tenant's notices, for every channel that has any. */
  counts(tenant: string): Promise<readonly NoticeCount[]>;
  /** Notices of a tenant, the latest first, after a place that `noticePlace` gave. */
  list(tenant: string, limit: number, after?: Order): Promise<readonly Notice[]>;
}

/** A notice's place in the list. */
export function noticePlace({ createdMs, channel, uid }: NewNotice): Order {
  return { ms: createdMs, ns: 0, source: channel, file: '', number: 0, uid };
}
