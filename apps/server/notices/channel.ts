import type { Notice, NoticeChannel } from '@yuheng/engine';

/** A way by which notices go out. */
export interface Channel {
  readonly name: NoticeChannel;
  /** Resolves when the receiver has taken it; else throws `NotDelivered`, also when `signal` says that the server stops. */
  deliver(notice: Notice, signal: AbortSignal): Promise<void>;
}

/** Why a notice was not taken, in words that hold no secret and nothing that the receiver wrote. */
export class NotDelivered extends Error {}

/** A receiver that takes longer has not taken it, ms. */
export const DELIVERY_MS = 10_000;
