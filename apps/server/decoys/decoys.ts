import { join } from 'node:path';
import type { Intake } from '../intake/intake.ts';
import type { Log } from '../log.ts';
import { DEFAULT_TENANT } from '../tenants.ts';
import { openHttpDecoy } from './http-decoy.ts';
import type { Decoy, DecoyAddress } from './listener.ts';
import { TouchQueue } from './touch-queue.ts';

/** Which decoys to open, and where. */
export interface DecoyOptions {
  readonly dataFolder: string;
  /** Absent: nowhere. */
  readonly httpDecoy?: DecoyAddress | undefined;
  readonly sshDecoy?: DecoyAddress | undefined;
}

/** The decoys of a server, and the way of their touches into its intake. */
export class Decoys {
  private readonly options: DecoyOptions;
  private readonly touches: TouchQueue;
  private readonly log: Log;
  private http: Decoy | undefined;
  private ssh: Decoy | undefined;

  constructor(options: DecoyOptions, intake: Pick<Intake, 'accept'>, log: Log) {
    this.options = options;
    this.touches = new TouchQueue(intake, DEFAULT_TENANT, log);
    this.log = log;
  }

  /** Opens them; where they wait for visitors. */
  async open(): Promise<{ readonly decoy?: string; readonly decoySsh?: string }> {
    const { dataFolder, httpDecoy, sshDecoy } = this.options;
    const { touches, log } = this;
    if (httpDecoy) this.http = await openHttpDecoy(httpDecoy, touches, log);
    if (sshDecoy) {
      // Its library is only loaded where it is asked for.
      const { openSshDecoy } = await import('./ssh-decoy.ts');
      this.ssh = await openSshDecoy(sshDecoy, join(dataFolder, 'decoy-ssh-host-key'), touches, log);
    }
    return {
      ...(this.http ? { decoy: `http://${this.http.address}` } : {}),
      ...(this.ssh ? { decoySsh: this.ssh.address } : {}),
    };
  }

  /** Closes them; all touches are in the intake then. */
  async stop(): Promise<void> {
    await Promise.all([this.http?.stop(), this.ssh?.stop()]);
    await this.touches.settled();
  }
}
