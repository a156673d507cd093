import type { Journal, Lake } from '@yuheng/engine';
import type { Log } from '../log.ts';
import type { Calendar } from './calendar.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long events are kept. */
export interface RetentionPolicy {
  /** Days of receipt, whole ones. */
  readonly days: number;
  /** The oldest days go while more of the disk is used. */
  readonly diskPercent: number;
}

/** What retention works on. */
export interface RetentionParts {
  readonly journal: Pick<Journal, 'expired' | 'expiring' | 'dropped' | 'pending' | 'rollUp'>;
  readonly lake: Pick<Lake, 'counts' | 'days' | 'disk' | 'dropDay'>;
  readonly calendar: Pick<Calendar, 'oldAsOf' | 'save'>;
  readonly log: Log;
}

/** Lets go of the oldest days, at the start and every hour. A day is booked as expired before it goes. */
export class Retention {
  private readonly policy: RetentionPolicy;
  private readonly parts: RetentionParts;
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(policy: RetentionPolicy, parts: RetentionParts) {
    this.policy = policy;
    this.parts = parts;
  }

  /** Ends first what a crash interrupted: nothing may be stored into a day that is booked as gone. */
  async start(): Promise<void> {
    await this.resume();
    this.look();
    this.timer = setInterval(() => this.look(), HOUR_MS).unref();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.round;
  }

  /** One check, as of this moment. */
  async check(nowMs: number): Promise<void> {
    const before = Math.min(startOfDay(nowMs), await this.oldestPending());
    const days = (await this.parts.lake.days()).filter(({ day }) => startOf(day) < before);
    const old = days.filter(({ day }) => startOf(day) + DAY_MS <= nowMs - this.policy.days * DAY_MS);
    for (const { day } of old) await this.expire(day, `it is older than ${this.policy.days} days`);
    const { totalBytes, usedBytes } = await this.parts.lake.disk();
    const allowed = (totalBytes * this.policy.diskPercent) / 100;
    // The engine frees what was dropped a minute later: what it will free is counted, not looked for.
    let used = usedBytes - sum(old);
    for (const { day, bytes } of days.slice(old.length)) {
      if (used <= allowed || this.stopping) break;
      await this.expire(day, `more than ${this.policy.diskPercent} % of the disk is used`);
      used -= bytes;
    }
    await this.parts.journal.rollUp(nowMs - DAY_MS);
  }

  private look(): void {
    this.round = this.round
      .then(() => this.parts.calendar.save())
      .then(() => this.check(this.parts.calendar.oldAsOf(Date.now())))
      .catch((error: unknown) =>
        this.parts.log.error(
          'YH-RETENTION',
          `Old days could not be let go; tried again within the hour: ${String(error)}`,
        ),
      );
  }

  private async expire(day: number, why: string): Promise<void> {
    if (this.stopping) return;
    const { journal, lake, log } = this.parts;
    await journal.expired(day, await lake.counts(day));
    await lake.dropDay(day);
    await journal.dropped(day);
    log.info(`Events received on ${day} were let go: ${why}.`);
  }

  private async resume(): Promise<void> {
    const { journal, lake } = this.parts;
    for (const day of await journal.expiring()) {
      await lake.dropDay(day);
      await journal.dropped(day);
    }
  }

  /** A day of which a batch still waits is not complete in the lake. */
  private async oldestPending(): Promise<number> {
    const [oldest] = await this.parts.journal.pending(0, 1, 1);
    return oldest ? startOfDay(oldest.receivedMs) : Infinity;
  }
}

function startOfDay(ms: number): number {
  return ms - (((ms % DAY_MS) + DAY_MS) % DAY_MS);
}

/** Milliseconds of 20260302, 00:00 UTC. */
function startOf(day: number): number {
  return Date.UTC(Math.trunc(day / 10_000), (Math.trunc(day / 100) % 100) - 1, day % 100);
}

function sum(days: readonly { readonly bytes: number }[]): number {
  return days.reduce((total, { bytes }) => total + bytes, 0);
}
