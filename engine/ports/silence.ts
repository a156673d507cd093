import type { Order } from '../order.ts';

/** When a source was last heard. */
export interface Arrival {
  readonly tenant: string;
  readonly source: string;
  /** By the clock of the server, ms since 1970. */
  readonly lastMs: number;
}

/** A source that has sent nothing for too long. */
export interface Silence extends Arrival {
  /** The same for the same silence. */
  readonly uid: string;
  /** From when it counts as silent, ms since 1970. */
  readonly sinceMs: number;
}

/** A silence as it is kept. */
export interface KeptSilence extends Silence {
  /** When the source spoke again, ms since 1970; absent while it is silent. */
  readonly endedMs?: number;
  readonly revision: number;
}

/** Which sources speak, and the silences of those that stopped. There is one writer. */
export interface SilenceStore {
  /**
   * Takes note of who has sent records since the last call, by the journal, and ends their silences, in one commit. A batch that only closes a
   * stream is no record.
   */
  listen(): Promise<{ readonly heard: readonly Arrival[]; readonly ended: readonly Silence[] }>;
  /** Sources that were last heard after a moment (ms) and are not known to be silent. */
  speaking(afterMs: number, limit: number): Promise<readonly Arrival[]>;
  /** Adds silences; gives those that are new. The oldest of a source that has had too many are forgotten. */
  raise(silences: readonly Silence[]): Promise<readonly Silence[]>;
  /** Silences of a tenant, the latest first, after a place that `silencePlace` gave. */
  list(tenant: string, limit: number, after?: Order): Promise<readonly KeptSilence[]>;
  /** What began or ended after a revision, of all tenants, in that order. */
  changes(afterRevision: number, limit: number): Promise<readonly KeptSilence[]>;
}

/** A silence's place in the list. */
export function silencePlace({ sinceMs, source, uid }: Silence): Order {
  return { ms: sinceMs, ns: 0, source, file: '', number: 0, uid };
}
