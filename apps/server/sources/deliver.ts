import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, Intake } from '../intake/intake.ts';
import type { Log } from '../log.ts';
import { ServerError } from '../server-error.ts';

const RETRY_MS = 1_000;

/** Brings what a reader of ours has read into the intake, and waits as long as that is busy: the reader reads no further meanwhile. */
export class Deliverer {
  private readonly intake: Pick<Intake, 'accept'>;
  private readonly log: Log;
  private stopping = false;

  constructor(intake: Pick<Intake, 'accept'>, log: Log) {
    this.intake = intake;
    this.log = log;
  }

  stop(): void {
    this.stopping = true;
  }

  /** False when the server stopped before it was taken. */
  async deliver(delivery: Delivery): Promise<boolean> {
    while (!this.stopping) {
      try {
        await this.intake.accept(delivery);
        return true;
      } catch (error) {
        // What is busy is no news; anything else is, and it may stay so.
        if (!(error instanceof ServerError) || error.status < 429)
          this.log.error('YH-SOURCE', `Records wait to be taken: ${String(error)}`);
        await sleep(RETRY_MS);
      }
    }
    return false;
  }
}
