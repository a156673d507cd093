import type { LanguageName } from '../locales/languages.ts';

/** A text in both languages. */
export type Texts = { readonly [language in LanguageName]: string };

/** States that a person gives an incident. */
export const STATUSES = ['new', 'open', 'closed', 'false-positive'] as const;
/** One of `STATUSES`. */
export type Status = (typeof STATUSES)[number];

/** Severities, the least first. */
export const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const;
/** One of `LEVELS`. */
export type Level = (typeof LEVELS)[number];

/** An incident as the API lists it (OCSF 2005), as far as the console reads it. */
export interface Incident {
  readonly severity_id: number;
  /** ms since 1970, like all times here. */
  readonly time: number;
  readonly start_time: number;
  readonly finding_info_list: readonly { readonly uid: string }[];
  readonly unmapped: {
    readonly uid: string;
    readonly titles: Texts;
    readonly score: number;
    readonly parts: readonly { readonly name: string; readonly value: number }[];
    readonly entities: readonly { readonly kind: string; readonly value: string; readonly findings: number }[];
    readonly rules: readonly { readonly uid: string }[];
  };
}

/** A page of a list. */
export interface Listed<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** What people made of an incident. */
export interface Triage {
  readonly status: Status;
  readonly reason: string;
  /** Who works on it; '' nobody. */
  readonly owner: string;
}

/** Something that a finding names. */
export interface Entity {
  readonly kind: string;
  readonly value: string;
  readonly label: string;
}

/** A finding as the story tells it. */
export interface Told {
  readonly uid: string;
  readonly titles: Texts;
  readonly level: string;
  readonly time: number;
  readonly count: number;
  readonly sentences: {
    readonly [language in LanguageName]: readonly ({ readonly words: string } | { readonly value: string })[];
  };
  readonly entities: readonly Entity[];
  readonly file: string;
  readonly record: number | string;
  readonly event: { readonly [name: string]: unknown };
  readonly raw: string;
}

/** A field that made a rule match, and what it held; a keyword has no field. */
export interface Reason {
  readonly field: string;
  readonly value: string;
}

/** Why a finding's rule matched. */
export interface Explanation {
  readonly reasons: readonly Reason[];
}

/** An incident told. */
export interface Story {
  readonly chapters: readonly {
    readonly tactic: string;
    readonly names: Texts;
    readonly findings: readonly Told[];
  }[];
  readonly untold: number;
  readonly next: { readonly [language in LanguageName]: readonly string[] };
}

/** A line of the ledger. */
export interface LedgerRow {
  readonly source: string;
  readonly received: number;
  readonly stored: number;
  readonly pending: number;
  readonly rejected: { readonly [reason: string]: number };
  readonly unparsed: number;
  readonly expired: number;
  readonly lastReceivedMs?: number;
}

/** What a search gives. */
export interface Found<Row> {
  readonly rows: readonly Row[];
  readonly elapsedMs: number;
  readonly truncated: boolean;
}
