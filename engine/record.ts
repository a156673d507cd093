import { createHash } from 'node:crypto';
import type { Instant } from './time.ts';

/** A source's own fields by its own names: what Sigma rules read. Without a prototype, so that `__proto__` is a plain key. */
export type Fields = { [name: string]: unknown };

/** An empty set of fields. */
export function newFields(): Fields {
  return Object.create(null) as Fields;
}

/** One record as the framing cut it out of a file: a line, a JSON value, an EVTX record. */
export interface Frame<Value = unknown> {
  /** Counts from 1: the line for formats made of lines, else the record in the file. */
  readonly number: number;
  /** Where it begins in the (unpacked) file, in bytes. */
  readonly offset: number;
  /** The decoded text; formats that are no text render it when asked. */
  readonly text: string;
  /** What the framing had to parse anyway: the JSON value, the EVTX record. */
  readonly value: Value;
}

/** Where records come from: the same for all records of one file. */
export interface Origin {
  readonly tenant: string;
  /** The id of the recognised format. */
  readonly source: string;
  /** As `nameFiles` names it. */
  readonly file: string;
}

/** One thing that happened, as its source tells it. */
export interface Record {
  readonly origin: Origin;
  /** Number of the frame it began with: its position in the file. */
  readonly number: number;
  /** The decoded text, byte for byte where the encoding can be reversed. */
  readonly raw: string;
  readonly fields: Fields;
  /** All that the record says stands in its fields, so that keyword searches look through their values only; else also through `raw`. */
  readonly structured?: true;
  /** `raw` is one JSON text, and every scalar in `fields` is a value in it. */
  readonly json?: true | undefined;
  readonly time: Instant;
  /** What the time lacked and was assumed: counted, shown, never part of the event. */
  readonly assumed?: readonly TimeAssumption[] | undefined;
  /** Records of one kind are answered by the same rules: a source's id, or `windows:<channel>:<event id>`. */
  readonly kind: string;
  /** The source's own number of the record (EventRecordID); evidence names it instead of the line. */
  readonly recordId?: number | string | undefined;
  /** Equal for two copies of one record (live log, shadow copy, export); absent where nothing can be a copy. */
  readonly identity?: string | undefined;
}

/** What a time lacked. `missing`: there was none at all, and the record stands at 1970. */
export type TimeAssumption = 'year' | 'zone' | 'missing';

/** The event's id: the same record at the same position is always the same event. */
export function recordUid(record: Record): string {
  const { tenant, source, file } = record.origin;
  return uidOf('event', tenant, source, file, String(record.number), record.raw);
}

/** 128 bits of SHA-256 over the parts, each with its length before it, so that no two lists of parts run together. */
export function uidOf(...parts: readonly string[]): string {
  let text = '';
  for (const part of parts) text += `${part.length}:${part}`;
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
