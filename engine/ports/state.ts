import type { MatchedEvent } from '../match.ts';
import type { Order } from '../order.ts';

/** What a key or a person may do. */
export const SCOPES = ['ingest', 'read', 'search', 'triage', 'admin'] as const;
/** One of `SCOPES`. */
export type Scope = (typeof SCOPES)[number];

/** A key as it is kept: of the secret only its hash. */
export interface StoredKey {
  readonly id: string;
  readonly tenant: string;
  readonly secretHash: string;
  readonly scopes: readonly Scope[];
}

/** A one-time sign-in link or a session, by the hash of its secret. */
export interface StoredSession {
  readonly tenant: string;
  readonly secretHash: string;
  readonly expiresMs: number;
}

/** Who there is, and what opens the door to them. */
export interface Directory {
  tenants(): Promise<readonly string[]>;
  /** False when there is one of that name. */
  addTenant(name: string): Promise<boolean>;
  addKey(key: StoredKey): Promise<void>;
  findKey(id: string): Promise<StoredKey | undefined>;
  addSignIn(link: StoredSession): Promise<void>;
  /** Gives the link and takes it away; `undefined` when there is none or its time is over. */
  takeSignIn(secretHash: string, nowMs: number): Promise<StoredSession | undefined>;
  addSession(session: StoredSession): Promise<void>;
  findSession(secretHash: string, nowMs: number): Promise<StoredSession | undefined>;
  endSession(secretHash: string): Promise<void>;
}

/** Matches that arrived. */
export interface MatchNews {
  /** The last of them in order of arrival. */
  readonly sequence: number;
  /** The earliest and the latest event time among them, ms. */
  readonly earliestMs: number;
  readonly latestMs: number;
}

/** The matches of all that was ever received: what findings are computed from, and again when something comes late. */
export interface MatchStore {
  /** A set by tenant and event: what is there stays. */
  addMatches(matches: readonly MatchedEvent[]): Promise<void>;
  /** What arrived after `sequence`; `undefined` when nothing did. */
  matchesSince(tenant: string, sequence: number): Promise<MatchNews | undefined>;
  /** Those of these events that are there, by their uids, in any order. */
  findEach(tenant: string, uids: readonly string[]): Promise<readonly MatchedEvent[]>;
  /** Matches from `fromMs` (inclusive) to `toMs` (exclusive), in order, in portions of whole milliseconds. */
  matches(tenant: string, fromMs: number, toMs: number): AsyncIterable<readonly MatchedEvent[]>;
  /** The latest moment not after `ms` before which there was no match for `gapMs`: nothing older bears on what comes then. */
  quietBefore(tenant: string, ms: number, gapMs: number): Promise<number>;
}

/** A finding or an incident as it is kept. */
export interface KeptFinding {
  readonly uid: string;
  /** Its place in the order of all; of an incident, that of its first finding. */
  readonly order: Order;
  readonly severityId: number;
  readonly title: string;
  /** The rule's uid; `''` for an incident. */
  readonly rule: string;
  /** The whole object as JSON text, kept byte for byte. */
  readonly body: string;
  /** Event time (ms) of its last finding; of incidents only. */
  readonly endMs?: number;
  /** The text by which it is found, in lower case; of incidents only. */
  readonly words?: string;
}

/** Which of the two lists. */
export type FindingKind = 'findings' | 'incidents';

/** What changed in the conclusion of a tenant. */
export interface Revision {
  readonly findings: readonly KeptFinding[];
  readonly incidents: readonly KeptFinding[];
  /** Uids of what no longer holds. */
  readonly retractedFindings: readonly string[];
  /** Incidents that no longer hold, with the uid of the one that took them up, where there is one. */
  readonly retractedIncidents: readonly { readonly uid: string; readonly into?: string }[];
  /** How far the conclusion is drawn (ms, exclusive), and the last match in order of arrival that it took. */
  readonly concludedMs: number;
  readonly sequence: number;
}

/** How far a conclusion was drawn. */
export interface ConclusionMark {
  readonly concludedMs: number;
  readonly sequence: number;
}

/** What people made of an incident. */
export const STATUSES = ['new', 'open', 'closed', 'false-positive'] as const;
/** One of `STATUSES`. */
export type Status = (typeof STATUSES)[number];

/** A finding or incident with what stands beside it. */
export interface ListedFinding extends KeptFinding {
  readonly revision: number;
  readonly retracted: boolean;
  /** Of incidents only. */
  readonly status?: Status;
  readonly reason?: string;
  /** Who works on it; '' nobody. */
  readonly owner?: string;
}

/** Which incidents are wanted; findings have none of these. */
export interface IncidentFilter {
  readonly status?: Status;
  /** Of this severity or worse. */
  readonly severityId?: number;
  /** Those whose words hold this text, in any case. */
  readonly text?: string;
}

/** Which part of a list is wanted. */
export interface Page extends IncidentFilter {
  readonly limit: number;
  /** Continues after this place. */
  readonly after?: Order;
  /** The latest first. */
  readonly descending?: boolean;
}

/** Findings and incidents: upserts by uid, with a revision that grows with every change. */
export interface FindingStore {
  mark(tenant: string): Promise<ConclusionMark>;
  /** Everything in it in one commit; what did not change keeps its revision. */
  revise(tenant: string, revision: Revision): Promise<void>;
  /** Uids of findings that stand from one moment (inclusive) to another (exclusive). */
  standingFindings(tenant: string, fromMs: number, toMs: number): Promise<readonly string[]>;
  /** Uids of incidents that stand and do not end before a moment. */
  standingIncidents(tenant: string, fromMs: number): Promise<readonly string[]>;
  /** Findings that are shown before they are concluded; what is there already stays. */
  preview(tenant: string, findings: readonly KeptFinding[]): Promise<void>;
  list(kind: FindingKind, tenant: string, page: Page): Promise<readonly ListedFinding[]>;
  /** Also what was retracted; an incident that was taken up by another gives that one. */
  find(kind: FindingKind, tenant: string, uid: string): Promise<ListedFinding | undefined>;
  /** Those of these findings that there are, in the order asked for; also what was retracted. */
  findEach(tenant: string, uids: readonly string[]): Promise<readonly ListedFinding[]>;
  /** What changed after a revision, of all tenants, in that order: for the lake and for notices. */
  changes(
    kind: FindingKind,
    afterRevision: number,
    limit: number,
  ): Promise<readonly (ListedFinding & { readonly tenant: string })[]>;
  count(kind: FindingKind, tenant: string): Promise<number>;
}

/** What people make of incidents; every change stands in the audit with who made it. */
export interface TriageStore {
  /** False when there is no such incident. */
  setStatus(tenant: string, uid: string, status: Status, reason: string, by: string): Promise<boolean>;
  /** `''` takes the owner away. False when there is no such incident. */
  setOwner(tenant: string, uid: string, owner: string, by: string): Promise<boolean>;
  /** How many incidents that the filter lets through have each state. */
  counts(tenant: string, filter: Omit<IncidentFilter, 'status'>): Promise<{ readonly [status in Status]: number }>;
}
