import type { ClassUid, SeverityId } from '@yuheng/ocsf';
import type { SigmaEvent } from '@yuheng/sigma';
import type { FieldTable } from './aliases/field-table.ts';
import type { Fields, Frame, Origin, Record } from './record.ts';
import type { FrameOptions } from './framing/options.ts';
import type { Divide } from './framing/pieces.ts';
import type { Head } from './head.ts';
import type { Years } from './year.ts';

/** A text that a person reads, in both languages. */
export interface Text {
  readonly en: string;
  readonly 'zh-CN': string;
}

/** A capability: what a folder under `capabilities/` brings to the house. */
export interface Capability {
  /** The folder's name. */
  readonly id: string;
  readonly title: Text;
  readonly summary: Text;
  /** Ids of the plan's terms that it answers (T001 …). */
  readonly terms: readonly string[];
  readonly sources: readonly Source[];
  readonly logsources: readonly LogsourceEntry[];
}

/**
 * One input format.
 *
 * `recognise` says how sure it is (0 no … 1 certain by a magic number) from the file's first bytes; the highest answer wins,
 * so it must stay low for whatever else looks alike. `frame` cuts bytes into records, `open` makes a parser for one file.
 */
export interface Source {
  readonly id: string;
  readonly title: Text;
  recognise(head: Head): number;
  frame(bytes: AsyncIterable<Uint8Array>, options: FrameOptions): AsyncIterable<Frame[]>;
  /** Finds where a large file can be divided. Only for sources that understand each record by itself, whatever comes before it. */
  readonly divide?: Divide;
  /** True where records are no lines of text. */
  readonly binary?: true;
  /** True where times come without a year (RFC 3164): such files are looked through once before they are read. */
  readonly undated?: true;
  open(context: ParseContext): Parser;
  /**
   * What a line of JSON is, read without being parsed, so that a line that no rule is about need not become a record;
   * `undefined` where only `open` can tell. It must tell what that would.
   */
  skim?(line: SigmaEvent, context: Pick<ParseContext, 'offsetMinutes'>): Skimmed | undefined;
  /** The record as an OCSF event. Never throws: what has no better class is a base event. */
  normalize(record: Record): Mapping;
}

/** What is known of a record before it is one. */
export interface Skimmed extends Pick<Record, 'kind' | 'time' | 'assumed'> {
  /** Answers as the record's fields would. */
  readonly event: SigmaEvent;
}

/** What a parser is given for one file. */
export interface ParseContext {
  readonly origin: Origin;
  readonly sink: Sink;
  /** Minutes east of UTC for a time without a zone, by that local time. */
  readonly offsetMinutes: (localMs: number) => number;
  /** Gives the year of times without one; made for this file. */
  readonly years: Years;
}

/** Where a parser puts what it made of each frame; every frame ends in exactly one of these. */
export interface Sink {
  /** A record, made of `frames` frames (several where lines were joined; later frames of one record count when they come: 0 is allowed). */
  record(record: Record, frames?: number): void;
  /** A frame that is counted and kept, but that nobody understood. */
  unparsed(frame: Frame, reason: string): void;
  /** A frame that belongs to a record given before: an end mark. */
  joined(frame: Frame): void;
  /** A header line that describes records and is none itself; it is not counted. */
  directive(frame: Frame): void;
}

/** Reads the frames of one file in order. */
export interface Parser {
  push(frame: Frame): void;
  /** The file has ended: give what was still open. */
  end(): void;
  /** Number of the oldest frame that is not answered yet. Absent where every frame is answered at once. */
  oldest?(): number | undefined;
}

/** What a source says of a record in OCSF words; the engine adds what is the same for all. */
export interface Mapping {
  /** `class_uid`. */
  readonly classUid: ClassUid;
  /** `activity_id`. */
  readonly activityId: number;
  /** 1 informational … 6 fatal, 0 unknown. */
  readonly severityId?: SeverityId;
  /** Attributes of the class, without the common ones. */
  readonly attributes: { [name: string]: unknown };
  /** OCSF profiles whose attributes are used (`host`, `security_control` …). */
  readonly profiles?: readonly string[];
  readonly product: { readonly name: string; readonly vendor_name?: string };
  readonly logName?: string;
  readonly logProvider?: string;
  readonly eventCode?: string;
  readonly message?: string;
  /** Source fields that found no place. */
  readonly unmapped?: Fields;
}

/** Which records answer a rule's logsource. Attributes that are absent are not asked for. */
export interface LogsourceEntry {
  readonly category?: string;
  readonly product?: string;
  readonly service?: string;
  /** Any of these; a record must have all of one. Values compare as text, without case. */
  readonly where: readonly LogsourceCondition[];
}

/** Ids of sources and values of fields that decide a record's kind. */
export interface LogsourceCondition {
  readonly source?: readonly string[];
  /** Only fields, or paths into objects (`a.b`), that also decide `Record.kind`; `null`: there is none. */
  readonly fields?: { readonly [field: string]: readonly (string | number | null)[] };
  /** Rule field → this source's field, where the names differ. */
  readonly aliases?: { readonly [field: string]: string };
  /** How rules read records that are written in a schema of their own; rules that it cannot answer without loss are not asked. */
  readonly table?: FieldTable;
}
