import type { Changes } from '../changes.ts';
import type { Log } from '../log.ts';
import type { Mirror } from '../mirror.ts';
import type { ProcessedUnit } from '../pipeline/unit.ts';
import type { Consumer } from './conclude-thread.ts';
import { Watermarks } from './watermarks.ts';

const TICK_MS = 250;
/** After a failure, before the lake is tried again. */
const MIRROR_PAUSE_MS = 10_000;
/** After a stretch was computed again, the tenant rests for so many times as long: recomputing never takes more than a fifth. */
const REST = 4;

/** Has conclusions drawn when the watermarks allow it, and tells of what changed. */
export class Scheduler {
  private readonly consumer: Consumer;
  private readonly mirror: Mirror;
  private readonly changes: Changes;
  private readonly log: Log;
  private readonly watermarks = new Watermarks();
  private readonly restUntilMs = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private busy = false;
  /** The lake may lack findings: at the start, after a change, and when it could not be reached. */
  private mirrorLags = true;
  private mirrorFromMs = 0;

  constructor(parts: { consumer: Consumer; mirror: Mirror; changes: Changes; log: Log }) {
    this.consumer = parts.consumer;
    this.mirror = parts.mirror;
    this.changes = parts.changes;
    this.log = parts.log;
  }

  /** Tenants whose matches may not be concluded yet: another process stored them. */
  start(tenants: readonly string[]): void {
    for (const tenant of tenants) this.watermarks.see(tenant, undefined, performance.now());
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  /** Events were stored. */
  stored({ newestMs, tenants, matches }: ProcessedUnit): void {
    this.mirrorLags ||= matches.length > 0;
    for (const tenant of tenants) this.watermarks.see(tenant, newestMs.get(tenant), performance.now());
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  private tick(): void {
    if (this.busy) return;
    this.busy = true;
    this.round = this.conclude().finally(() => (this.busy = false));
  }

  private async conclude(): Promise<void> {
    for (const { tenant, untilMs } of this.watermarks.due(performance.now())) {
      if (performance.now() < (this.restUntilMs.get(tenant) ?? 0)) this.watermarks.failed(tenant);
      else if (await this.concludeTenant(tenant, untilMs)) this.mirrorLags = true;
    }
    if (this.mirrorLags && performance.now() >= this.mirrorFromMs) await this.bringMirrorUp();
  }

  private async bringMirrorUp(): Promise<void> {
    this.mirrorLags = false;
    try {
      await this.mirror.run();
    } catch (error) {
      this.mirrorLags = true;
      this.mirrorFromMs = performance.now() + MIRROR_PAUSE_MS;
      this.log.error('YH-MIRROR', String(error));
    }
  }

  private async concludeTenant(tenant: string, untilMs: number): Promise<boolean> {
    const began = performance.now();
    try {
      const concluded = await this.consumer.concludeUntil(tenant, untilMs);
      if (!concluded) return false;
      if (concluded.again) this.restUntilMs.set(tenant, performance.now() + REST * (performance.now() - began));
      this.changes.tell(tenant, 'incidents');
      return true;
    } catch (error) {
      this.log.error('YH-CONCLUDE', `Findings could not be concluded and are tried again: ${String(error)}`);
      this.watermarks.failed(tenant);
      return false;
    }
  }
}
