import type { Attack } from './attacks.ts';
import type { EntityKind } from './entities.ts';
import type { OcsfEvent } from './event.ts';
import type { Order } from './order.ts';
import type { Level } from './severity.ts';
import type { Language } from './words.ts';

/** One addend of an incident's score. */
export interface ScorePart {
  /** Stable word: `severity`, `rules`, `tactics`, `hosts`. */
  readonly name: string;
  readonly value: number;
}

/** An entity of an incident and how many of its findings carry it. */
export interface IncidentEntity {
  readonly kind: EntityKind;
  readonly value: string;
  readonly findings: number;
}

/** What correlation made of findings that belong together, before anything is decided about it. */
export interface Incident {
  readonly uid: string;
  readonly tenant: string;
  /** Where its first finding stands. */
  readonly first: Order;
  /** Sum of `parts`. */
  readonly score: number;
  readonly parts: readonly ScorePart[];
  readonly level: Level;
  readonly startMs: number;
  readonly endMs: number;
  /** In order. */
  readonly findings: readonly { readonly uid: string; readonly title: string }[];
  readonly entities: readonly IncidentEntity[];
  readonly rules: readonly IncidentRule[];
  readonly attacks: readonly Attack[];
}

/** A rule that took part in an incident. */
export interface IncidentRule {
  readonly uid: string;
  readonly title: string;
  readonly level: Level;
  readonly findings: number;
}

/** An OCSF Incident Finding (class 2005). What OCSF has no place for stands in `unmapped`. */
export interface IncidentFinding extends OcsfEvent {
  readonly finding_info_list: readonly { readonly uid: string; readonly title: string }[];
  readonly unmapped: {
    readonly uid: string;
    /** English. */
    readonly title: string;
    readonly titles: { readonly [language in Language]: string };
    readonly score: number;
    readonly parts: readonly ScorePart[];
    readonly entities: readonly IncidentEntity[];
    readonly rules: readonly IncidentRule[];
  };
}
