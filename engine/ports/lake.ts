/** One event as the lake keeps it. The first part is the event's own and the same on every replay; `received` and `batch` stand beside it. */
export interface LakeRow {
  readonly tenant: string;
  readonly uid: string;
  /** Milliseconds since 1970, event time, and the nanoseconds (0–999,999) below them. */
  readonly time: number;
  readonly time_ns: number;
  readonly class_uid: number;
  readonly severity_id: number;
  /** The source's name in the ledger. */
  readonly source: string;
  /** As the sender named it; `''` when it did not. */
  readonly file: string;
  /** The record's number in the file, else in the batch. */
  readonly record: number;
  /** How many framed records became this event (several where lines were joined). */
  readonly records: number;
  /** Host, user and outside address where the event names them, `''` where not: what people filter by. */
  readonly host: string;
  readonly user: string;
  readonly address: string;
  /** Why no parser understood it; `''` for all others. */
  readonly unparsed: string;
  readonly raw_data: string;
  /** The OCSF object without `raw_data`, as JSON text. */
  readonly event: string;
  /** Journal number of the batch that brought it. */
  readonly batch: number;
  /** Milliseconds since 1970 at which it was received: decides retention, never a finding. */
  readonly received: number;
  /** Place in its batch. */
  readonly position: number;
  /** The time was ahead of receipt by more than ten minutes, or was assumed. */
  readonly time_suspect: boolean;
}

/** A finding or incident as the lake keeps it for SQL; a higher revision replaces a lower one. */
export interface LakeFinding {
  readonly tenant: string;
  readonly uid: string;
  readonly time: number;
  readonly severity_id: number;
  readonly title: string;
  /** The rule's uid; `''` for an incident. */
  readonly rule: string;
  /** The whole object as JSON text, byte for byte as the API gives it. */
  readonly body: string;
  readonly revision: number;
  readonly retracted: boolean;
}

/** What a user's SQL gave. */
export interface SearchResult {
  /** Rows as objects; 64-bit integers are texts. */
  readonly rows: readonly { readonly [column: string]: unknown }[];
  readonly elapsedMs: number;
  /** There was more than the bound. */
  readonly truncated: boolean;
}

/** A query that may not run, or ran out of its bounds. */
export class SearchError extends Error {
  /** `refused`: not allowed; `syntax`; `limit`: time or memory; `failed`: the engine's own error. */
  readonly kind: 'refused' | 'syntax' | 'limit' | 'failed';

  constructor(kind: SearchError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Events counted for the books. */
export interface LakeCount {
  readonly tenant: string;
  readonly source: string;
  /** Sum of `records`. */
  readonly records: number;
}

/** The events that were received on one day. */
export interface LakeDay {
  /** The day in UTC as a number: 20260302. */
  readonly day: number;
  /** What it takes on the disk. */
  readonly bytes: number;
}

/** The disk under the lake. */
export interface LakeDisk {
  readonly totalBytes: number;
  readonly usedBytes: number;
}

/** Where events and findings lie for search. All writes are durable (synced) when the promise resolves. */
export interface Lake {
  /**
   * Makes the events of these batches be exactly these rows: what a crash left of them is removed first when `replay` is set.
   * `rows` is NDJSON, one `LakeRow` a line (its `event` as an object), all of these batches and no others.
   */
  insert(rows: Uint8Array, batches: readonly number[], replay: boolean): Promise<void>;
  insertFindings(kind: 'findings' | 'incidents', rows: readonly LakeFinding[]): Promise<void>;
  /** A user's SQL over the tables `events`, `findings` and `incidents` of one tenant. Throws `SearchError`. */
  search(tenant: string, query: string): Promise<SearchResult>;
  /** Events by tenant and source; of one day of receipt where it is named. */
  counts(day?: number): Promise<readonly LakeCount[]>;
  /** The days of receipt that hold events, the oldest first. */
  days(): Promise<readonly LakeDay[]>;
  /** The events received on a day, of batches below this number, as `insert` takes them, in portions. */
  readDay(day: number, belowBatch: number): AsyncIterable<Uint8Array>;
  /** Drops a day of receipt; dropped twice, it is gone once. */
  dropDay(day: number): Promise<void>;
  disk(): Promise<LakeDisk>;
  close(): Promise<void>;
}
