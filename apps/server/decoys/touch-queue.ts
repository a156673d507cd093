import { setTimeout as sleep } from 'node:timers/promises';
import type { Intake } from '../intake/intake.ts';
import type { Log } from '../log.ts';
import { ServerError } from '../server-error.ts';
import { LineQueue } from '../sources/line-queue.ts';

/** The source's name in the ledger. */
export const DECOY_SOURCE = 'decoy';
/** Touches that wait for the intake at most; a flood of them says no more than its beginning, and how many came after is told. */
export const MAX_TOUCHES = 10_000;
/** Touches are gathered for so long, ms. */
const GATHER_MS = 200;
const RETRY_MS = 1_000;

/** Brings touches of decoys into the intake, like records of any other source. */
export class TouchQueue {
  private readonly intake: Pick<Intake, 'accept'>;
  private readonly tenant: string;
  private readonly log: Log;
  private readonly waiting = new LineQueue(MAX_TOUCHES);
  private sending: Promise<void> | undefined;

  constructor(intake: Pick<Intake, 'accept'>, tenant: string, log: Log) {
    this.intake = intake;
    this.tenant = tenant;
    this.log = log;
  }

  add(touch: { readonly [field: string]: unknown }): void {
    this.waiting.add(JSON.stringify(touch));
    this.sending ??= this.send().finally(() => (this.sending = undefined));
  }

  /** Everything that came is in the intake. */
  async settled(): Promise<void> {
    await this.sending;
  }

  private async send(): Promise<void> {
    await sleep(GATHER_MS);
    while (!this.waiting.isEmpty) {
      const portion = this.waiting.first();
      const { lines, overflow } = portion;
      try {
        const rejected = overflow > 0 ? { overflow } : {};
        await this.intake.accept({
          tenant: this.tenant,
          source: DECOY_SOURCE,
          body: Buffer.from(`${lines.join('\n')}\n`),
          rejected,
        });
        this.waiting.drop(portion);
      } catch (error) {
        const stopping = error instanceof ServerError && error.code === 'YH-STOPPING';
        if (stopping) return;
        this.log.error('YH-DECOY', `Touches of decoys wait: ${String(error)}`);
        await sleep(RETRY_MS);
      }
    }
  }
}
