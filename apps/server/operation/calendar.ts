import type { Database } from '@yuheng/adapter-postgres';
import type { Log } from '../log.ts';

const HOUR_MS = 3_600_000;
/** Up to here the clock may differ from our own count without doubt: a machine may be off over a weekend, ms. */
export const TOLERANCE_MS = 4 * 24 * HOUR_MS;
/** A clock in doubt is believed when the server has run with it for so long, ms. */
export const DOUBT_MS = 7 * 24 * HOUR_MS;
/** How often the two clocks are compared, ms. */
const LOOK_MS = 1_000;

/** What is remembered over restarts. */
export interface CalendarState {
  /** The time by our own count, ms. */
  readonly countedMs: number;
  /** How long the server has run with a clock in doubt, ms. */
  readonly doubtMs: number;
}

/** Where the state is kept. */
export interface CalendarStore {
  read(): Promise<CalendarState | undefined>;
  write(state: CalendarState): Promise<void>;
}

/**
 * The date, by the machine's clock and by a count of our own that goes on with the steady clock while the server runs. Events that go cannot
 * come back, so a clock that was set far off (a flat battery, a wrong time server) decides nothing irrevocable: where the two differ by more
 * than a few days, the older date is that by which events are old, until the clock has been the same for a week of running.
 */
export class Calendar {
  private readonly store: CalendarStore;
  private readonly log: Log;
  private state: CalendarState = { countedMs: 0, doubtMs: 0 };
  private steadyMs = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(store: CalendarStore, log: Log) {
    this.store = store;
    this.log = log;
  }

  /** Takes up the count of the last run; without one the clock is believed. */
  async open(nowMs: number, steadyMs: number): Promise<void> {
    this.state = (await this.store.read()) ?? { countedMs: nowMs, doubtMs: 0 };
    this.steadyMs = Math.floor(steadyMs);
    if (this.state.doubtMs > 0) this.tell(nowMs);
    this.look(nowMs, steadyMs);
  }

  start(): void {
    this.timer = setInterval(() => this.look(Date.now(), performance.now()), LOOK_MS).unref();
  }

  /** Remembers the count. */
  async save(): Promise<void> {
    await this.store.write(this.state);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.save();
  }

  /** The date by which things are old: never one that is in doubt. */
  oldAsOf(nowMs: number): number {
    return Math.min(nowMs, this.state.countedMs);
  }

  /** When something is received: now, and never days before what was received already, for that would be old at once. */
  receivedAt(nowMs: number): number {
    const { countedMs } = this.state;
    return countedMs - nowMs > TOLERANCE_MS ? countedMs : nowMs;
  }

  /** Compares the clock with the count. */
  look(nowMs: number, steadyMs: number): void {
    const ranMs = Math.floor(steadyMs) - this.steadyMs;
    const countedMs = this.state.countedMs + ranMs;
    const wasInDoubt = this.state.doubtMs > 0;
    const differs = Math.abs(nowMs - countedMs) > TOLERANCE_MS;
    // At least something, so that doubt is remembered from the first look on.
    const doubtMs = differs ? this.state.doubtMs + Math.max(ranMs, 1) : 0;
    this.steadyMs += ranMs;
    this.state = differs && doubtMs < DOUBT_MS ? { countedMs, doubtMs } : { countedMs: nowMs, doubtMs: 0 };
    const isInDoubt = this.state.doubtMs > 0;
    if (isInDoubt && !wasInDoubt) this.tell(nowMs);
    if (!isInDoubt && wasInDoubt) this.log.info('The clock is believed again.');
  }

  private tell(nowMs: number): void {
    const date = (ms: number): string => new Date(ms).toISOString();
    this.log.error(
      'YH-CLOCK',
      `The clock says ${date(nowMs)}, and by our own count it is ${date(this.state.countedMs)}: it was set, or the server was off for long. ` +
        `Until they agree, or the server has run for ${DOUBT_MS / (24 * HOUR_MS)} days like this, events are let go by the older of the two only. See that the machine's time is right.`,
    );
  }
}

const NAME = 'calendar';

/** Keeps the calendar's count in the database. */
export function storedCalendar(sql: Database): CalendarStore {
  return {
    async read() {
      const [row] = await sql<{ value: CalendarState }[]>`select value from setting where name = ${NAME}`;
      return row?.value;
    },
    async write({ countedMs, doubtMs }) {
      await sql`
        insert into setting (name, value) values (${NAME}, ${sql.json({ countedMs, doubtMs })})
        on conflict (name) do update set value = excluded.value`;
    },
  };
}
