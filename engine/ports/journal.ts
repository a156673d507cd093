import type { StreamState } from '../live/stream-state.ts';

/** Records of one tenant and source as a sender gave them: the unit of commit and retry. */
export interface NewBatch {
  readonly tenant: string;
  /** The source's name in the ledger. */
  readonly source: string;
  /** What makes a repeated request the same one; two batches without it are two, whatever they hold. */
  readonly key?: string;
  /** Hash of everything that was sent: the same key with another digest is a conflict. */
  readonly digest: string;
  /** Id of the recognised format, `''` where nobody knows it. */
  readonly format: string;
  /** As the sender names the file, `''` where it does not. */
  readonly file: string;
  /** Number in the file of the batch's first line or record. With it, batches of one file are one stream. */
  readonly first?: number;
  /** Lines or records that the batch spans, blank ones too: the next batch of the stream begins at first + span. */
  readonly span: number;
  /** Year of the first line, for times without one. */
  readonly year?: number;
  readonly encoding?: string;
  /** The bound by which its records were accepted: it is read by the same. */
  readonly maxRecordBytes: number;
  /** The stream ends with this batch: what is open is given. */
  readonly last: boolean;
  /** Milliseconds since 1970: set once and kept, so that a replay agrees. */
  readonly receivedMs: number;
  /** Records in it. */
  readonly received: number;
  /** Those of them that are refused, by reason. */
  readonly rejected: { readonly [reason: string]: number };
  readonly body: Uint8Array;
  /** Where the reader that brought it stands after it: committed with it, so that a restart neither skips nor repeats. */
  readonly cursor?: { readonly name: string; readonly value: string };
}

/** A batch in the journal. */
export interface Batch extends NewBatch {
  /** Its place in the journal, from 1. */
  readonly number: number;
}

/** What a sender is told. */
export interface Receipt {
  readonly batch: number;
  readonly received: number;
  readonly rejected: { readonly [reason: string]: number };
  /** The answer is that of an earlier request with the same key; nothing was added. */
  readonly repeated: boolean;
}

/** One file's lines, or one feed's, in their order. */
export interface StreamKey {
  readonly tenant: string;
  readonly source: string;
  readonly file: string;
}

/** A batch that is in the lake. */
export interface SettledBatch {
  readonly number: number;
  /** Records that became events, or parts of one, while it was read. */
  readonly stored: number;
  /** Those of them that no parser understood. */
  readonly unparsed: number;
}

/** Where a stream stands after its batches so far. */
export interface StreamCheckpoint extends StreamKey {
  readonly state: StreamState;
}

/** The books of one source: received = stored + pending + rejected. */
export interface LedgerRow {
  readonly tenant: string;
  readonly source: string;
  readonly received: number;
  readonly stored: number;
  readonly pending: number;
  readonly rejected: { readonly [reason: string]: number };
  /** Stored records that no parser understood. */
  readonly unparsed: number;
  /** Stored records that retention has let go. */
  readonly expired: number;
  /** Milliseconds since 1970 of the last batch; absent where there was none. */
  readonly lastReceivedMs?: number;
}

/** Intake's safety: what is appended is durable (synced) before the promise resolves, and stays until it is settled. */
export interface Journal {
  /** All of them in one commit. A key that was used with another digest gives `conflict`. */
  append(batches: readonly NewBatch[]): Promise<readonly (Receipt | 'conflict')[]>;
  /** Where a reader stood after the last batch that it brought. */
  cursor(name: string): Promise<string | undefined>;
  /** Batches after this number that are not settled, in order, up to so many bytes (at least one). */
  pending(after: number, maxBytes: number, maxBatches: number): Promise<readonly Batch[]>;
  /** Batches that are not settled, their bytes, and the number of the last one (0 where there is none). */
  backlog(): Promise<{ readonly batches: number; readonly bytes: number; readonly last: number }>;
  stream(key: StreamKey): Promise<StreamState | undefined>;
  /** The streams that hold records whose event is not complete. */
  openStreams(): Promise<readonly StreamCheckpoint[]>;
  settle(batches: readonly SettledBatch[], streams: readonly StreamCheckpoint[]): Promise<void>;
  /** The books; of one tenant where it is named. */
  ledger(tenant?: string): Promise<readonly LedgerRow[]>;
  /**
   * Books the records of a day (20260302) as let go, before the lake drops it. Until `dropped` says that it has, the day stands under
   * `expiring` and is not booked a second time: a crash in between neither loses counts nor doubles them.
   */
  expired(
    day: number,
    counts: readonly { readonly tenant: string; readonly source: string; readonly records: number }[],
  ): Promise<void>;
  /** Days that are booked and may still lie in the lake. */
  expiring(): Promise<readonly number[]>;
  /** The lake has dropped the day. */
  dropped(day: number): Promise<void>;
  /** Rolls up what is settled and was received before; its keys are forgotten. */
  rollUp(beforeMs: number): Promise<void>;
}
