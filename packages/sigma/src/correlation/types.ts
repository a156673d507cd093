import type { SigmaMetadata } from '../types.ts';

/** The correlation types (correlation specification, "Correlation Types"; `value_median` as pySigma has it). */
export type CorrelationType =
  | 'event_count'
  | 'value_count'
  | 'temporal'
  | 'temporal_ordered'
  | 'value_sum'
  | 'value_avg'
  | 'value_percentile'
  | 'value_median';

/** How a count or figure is compared. */
export type Relation = 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq';

/** A limit that the figure of a correlation has to keep. */
export interface Bound {
  readonly relation: Relation;
  readonly value: number;
}

/** When a correlation holds. */
export type CorrelationCondition =
  | {
      readonly kind: 'bounds';
      /** All of them have to be kept. */
      readonly bounds: readonly Bound[];
      /** The fields whose values are counted or measured; empty where the type has none. */
      readonly fields: readonly string[];
      /** For `value_percentile`: which percentile, from 0 to 100. */
      readonly percentile?: number;
    }
  | {
      readonly kind: 'expression';
      readonly text: string;
      /** The expression as a choice of demands: rules that occur, in the order of `rules`, and rules that do not. */
      readonly alternatives: readonly Alternative[];
    };

/** One way to fulfil an extended condition, by uids. */
export interface Alternative {
  readonly present: readonly string[];
  readonly absent: readonly string[];
}

/** A correlation rule with its references resolved (correlation specification). */
export interface SigmaCorrelation extends SigmaMetadata {
  readonly kind: 'correlation';
  readonly type: CorrelationType;
  /** Uids of the rules and correlations that it looks at, in the order of the document. */
  readonly rules: readonly string[];
  /** Fields or aliases that a group's matches have in common; empty for one group of all. */
  readonly groupBy: readonly string[];
  readonly timespanMs: number;
  /** For each alias, the field that stands for it in the matches of each rule (by uid). */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly condition: CorrelationCondition;
  /** Whether the rules that it refers to give findings of their own as well. */
  readonly generate: boolean;
}

/** A correlation made ready for {@link createCorrelator}. */
export interface CompiledCorrelation {
  readonly correlation: SigmaCorrelation;
}

/** A time at full resolution. */
export interface MatchTime {
  /** Milliseconds since 1970-01-01T00:00Z, whole. */
  readonly ms: number;
  /** Nanoseconds within the millisecond, 0 to 999,999. */
  readonly ns: number;
}

/** A detection rule that matched an event. */
export interface Match {
  /** The rule's uid. */
  readonly rule: string;
  /** The event's uid. */
  readonly uid: string;
  readonly time: MatchTime;
  /** How many copies of the event there are; 1 unless said. It changes no figure of a correlation, only the summary's weight. */
  readonly weight?: number;
  /** The event's value under a field name; `undefined` when it has none. */
  field(name: string): unknown;
}

/** The matches of a finding: how many, and the first and the last of them. */
export interface MatchSummary {
  readonly count: number;
  /** The sum of their weights. */
  readonly weight: number;
  /** The first {@link SHOWN_MATCHES}, in order. */
  readonly first: readonly Match[];
  /** The last {@link SHOWN_MATCHES} of those that are not among the first, in order. */
  readonly last: readonly Match[];
}

/** How many matches a finding shows from its beginning, and from its end. */
export const SHOWN_MATCHES = 50;

/** A correlation that held for a group. */
export interface CorrelationFinding {
  readonly correlation: SigmaCorrelation;
  /** The values that the group has in common, as texts, in the order of `groupBy`. */
  readonly group: readonly { readonly field: string; readonly value: string }[];
  /** The match at which the condition turned true. */
  readonly turned: Match;
  /** The last match at which it was still true. */
  readonly last: Match;
  /** The window at the turn, and every match since while the condition stayed true. */
  readonly matches: MatchSummary;
  /** Says the same for the same finding in every run: the correlation's uid, the group's values, the turning event's uid. */
  readonly key: string;
}
