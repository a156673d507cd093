import type { Batch, MatchedEvent, SettledBatch, StreamKey, StreamState } from '@yuheng/engine';

/** Batches that are processed together, and where their streams stood before. Plain data: it crosses threads. */
export interface Unit {
  readonly batches: readonly Batch[];
  /** By `streamId`. */
  readonly states: ReadonlyMap<string, StreamState>;
}

/** What a unit became. Plain data. */
export interface ProcessedUnit {
  /** Rows for the lake: one JSON object a line. */
  readonly rows: Uint8Array;
  readonly events: number;
  readonly matches: readonly MatchedEvent[];
  readonly settled: readonly SettledBatch[];
  /** Where the streams stand afterwards, by `streamId`. */
  readonly states: ReadonlyMap<string, StreamState>;
  /** Whose batches these were. */
  readonly tenants: ReadonlySet<string>;
  /** Newest event time (ms) of each tenant that can be believed. */
  readonly newestMs: ReadonlyMap<string, number>;
}

/** Names a stream. */
export function idOf({ tenant, source, file }: StreamKey): string {
  return JSON.stringify([tenant, source, file]);
}

/** The stream of this name. */
export function keyOf(id: string): StreamKey {
  const [tenant, source, file] = JSON.parse(id) as [string, string, string];
  return { tenant, source, file };
}

/** Names a batch's stream; `undefined` for a batch that is a file of its own. */
export function streamId(batch: StreamKey & Pick<Batch, 'first'>): string | undefined {
  return batch.first === undefined ? undefined : idOf(batch);
}
