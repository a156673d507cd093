import { uidOf, type Arrival, type Silence, type SilenceStore } from '@yuheng/engine';
import type { Changes } from '../changes.ts';
import type { Log } from '../log.ts';

const DAY_MS = 24 * 3_600_000;

/** A source that was not heard for longer is gone, not silent, ms. */
export const GONE_MS = 7 * DAY_MS;
/** Sources that are watched; more are not, which is told. */
export const MAX_WATCHED = 50_000;
/** How often it is looked who was heard, ms. */
const LOOK_MS = 1_000;

/** How long sources may be silent, ms; `undefined`: as long as they like. */
export interface SilencePolicy {
  readonly afterMs: number | undefined;
  /** Of single sources. */
  readonly sources: ReadonlyMap<string, number | undefined>;
}

/** What the watch works on. */
export interface WatchParts {
  readonly policy: SilencePolicy;
  readonly store: SilenceStore;
  readonly changes: Changes;
  readonly log: Log;
  /** Whether records are accepted just now: who is not listened to is not silent. */
  isListening(): boolean;
}

/** A source that is expected to speak. */
interface Watched extends Arrival {
  /** When it was heard, by a clock that nobody can set, ms. */
  heardAt: number;
}

/**
 * Raises a finding when a source falls silent and ends it when the source speaks again. Silence is measured by a clock that only runs
 * forward, and only while this server listens: neither a clock that was set nor a server that was away makes anybody silent.
 */
export class SilentSources {
  private readonly parts: WatchParts;
  private readonly watched = new Map<string, Watched>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private overflowing = false;
  /** When it was looked last, by the clock that nobody can set (ms). */
  private lastLook = 0;

  constructor(parts: WatchParts) {
    this.parts = parts;
  }

  /** Takes note of what was accepted before, while the journal still has it. */
  async prepare(nowMs: number, steadyMs: number): Promise<void> {
    this.lastLook = steadyMs;
    await this.parts.store.listen();
    for (const arrival of await this.parts.store.speaking(nowMs - GONE_MS, MAX_WATCHED)) this.watch(arrival, steadyMs);
  }

  start(): void {
    this.timer = setInterval(() => this.tick(), LOOK_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** One look, by the wall clock and by the one that nobody can set (ms). */
  async look(steadyMs: number): Promise<void> {
    const { store, isListening, changes } = this.parts;
    const { heard, ended } = await store.listen();
    // Time in which nobody could be heard is nobody's silence.
    if (!isListening()) for (const watched of this.watched.values()) watched.heardAt += steadyMs - this.lastLook;
    this.lastLook = steadyMs;
    for (const arrival of heard) this.watch(arrival, steadyMs);
    const silent = [...this.watched.values()].filter((watched) => this.isSilent(watched, steadyMs));
    const raised = silent.length > 0 ? await store.raise(silent.map((watched) => this.silenceOf(watched))) : [];
    for (const { tenant, source } of silent) this.watched.delete(keyOf(tenant, source));
    for (const tenant of new Set([...ended, ...raised].map(({ tenant }) => tenant))) changes.tell(tenant, 'operations');
  }

  private tick(): void {
    this.looking ??= this.look(performance.now())
      .catch((error: unknown) =>
        this.parts.log.error('YH-SILENCE', `It could not be seen who is silent; tried again: ${String(error)}`),
      )
      .finally(() => (this.looking = undefined));
  }

  private watch(arrival: Arrival, steadyMs: number): void {
    const key = keyOf(arrival.tenant, arrival.source);
    if (this.allowed(arrival.source) === undefined) return;
    if (this.watched.size < MAX_WATCHED || this.watched.has(key)) {
      this.watched.set(key, { ...arrival, heardAt: steadyMs });
      return;
    }
    if (!this.overflowing)
      this.parts.log.error(
        'YH-SILENCE',
        `More than ${MAX_WATCHED} sources speak; of the others no silence is noticed.`,
      );
    this.overflowing = true;
  }

  private isSilent({ source, heardAt }: Watched, steadyMs: number): boolean {
    return steadyMs - heardAt >= (this.allowed(source) ?? Infinity);
  }

  private silenceOf({ tenant, source, lastMs }: Watched): Silence {
    const uid = uidOf('silence', tenant, source, String(lastMs));
    return { uid, tenant, source, lastMs, sinceMs: lastMs + this.allowed(source)! };
  }

  private allowed(source: string): number | undefined {
    const { sources, afterMs } = this.parts.policy;
    return sources.has(source) ? sources.get(source) : afterMs;
  }
}

function keyOf(tenant: string, source: string): string {
  return JSON.stringify([tenant, source]);
}
