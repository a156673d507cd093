import type { Notice, NoticeChannel } from '@yuheng/engine';

/** A way by which notices go out. */
export interface Channel {
  readonly name: NoticeChannel;
  /**
   * Resolves when it was taken, to what is to be said of that all the same (a mailbox that did not exist), else `''`. Throws `NotDelivered` when it
   * was not, also when `signal` says that the server stops.
   */
  deliver(notice: Notice, signal: AbortSignal): Promise<string>;
}

/** Why a notice was not taken, in words that hold no secret and nothing that the receiver wrote. */
export class NotDelivered extends Error {}

/** A receiver that takes longer has not taken it, ms. */
export const DELIVERY_MS = 10_000;
