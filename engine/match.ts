import type { OcsfEvent } from './event.ts';
import type { Order } from './order.ts';
import type { Fields } from './record.ts';

/** Where one copy of a matched record lies. */
export interface Place {
  readonly file: string;
  /** EventRecordID, else the line. */
  readonly record: number | string;
}

/** A field that a rule looked at and liked; `''` stands for the whole text (keywords). */
export interface Reason {
  readonly field: string;
  readonly value: string;
}

/** An event that rules matched: all that is kept of the input after the pass. Plain data: it crosses threads and goes to disk. */
export interface MatchedEvent extends Order {
  /** uids of the rules, in the order they were loaded. */
  readonly rules: readonly string[];
  readonly event: OcsfEvent;
  /** By rule uid: the fields that made it match, with what they held. */
  readonly because: { readonly [rule: string]: readonly Reason[] };
  /** The places where this record stands; several where a folder holds copies of it. */
  readonly places: readonly Place[];
  /** Equal for copies of one record. */
  readonly identity?: string;
  /** The source's fields that Sigma correlations group by or count. */
  readonly fields: Fields;
}
