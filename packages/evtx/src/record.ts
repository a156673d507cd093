import type { EvtxElement } from './element.ts';

/** A record of an event log. */
export interface EvtxRecord {
  /** Where the record begins, in bytes from the start of the file. */
  readonly offset: number;
  /** Number of the record in this file. Not the identity of the event: an exported log has numbers of its own. */
  readonly recordId: bigint;
  /** When the record was written: 100 ns steps since 1601-01-01 UTC. */
  readonly written: bigint;
  /** The `<Event>` element. */
  readonly root: EvtxElement;
}
