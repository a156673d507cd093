import type { Expression } from './expression.ts';

/**
 * What a rule reads of one event. An implementation must answer the same for the same name as long as it is one
 * object: values are cached per object, so a new event needs a new object.
 */
export interface SigmaEvent {
  /**
   * The value under a rule's field name: `undefined` when the field is absent, `null` when it is present and null,
   * else a string, number, boolean, bigint, or an array or object of these. A name with dots (`a.b`) arrives whole;
   * descending into objects is the implementation's affair.
   */
  field(name: string): unknown;
  /** The texts that keyword (field-less) searches look through: the raw record, or all its string values. */
  texts(): Iterable<string>;
  /**
   * The event as one JSON text, where there is one: it must hold each of `texts()` as a value of its own, or be it.
   * Keyword searches look there first, and at the texts only where that leaves a doubt.
   */
  json?(): string | undefined;
  /**
   * Where the text of a field's value stands as bytes, for what needs no string: `null` where the event has no such
   * field, `undefined` where its value is to be asked for. The object may be the same one for every call.
   */
  slice?(name: string): TextSlice | null | undefined;
  /** Where what `json` gives stands as bytes, if letters of ASCII, in any case, stand in it as such. */
  jsonSlice?(): TextSlice | undefined;
}

/** A text as JSON writes it, by its addresses in this package's own memory; from `JsonLines`. */
export interface TextSlice {
  readonly from: number;
  readonly to: number;
  /** Nothing but ASCII, in which a backslash begins one of JSON's escapes of one character. */
  readonly plain: boolean;
}

/** Severity of a rule (rules specification, "Level"). */
export type Level = 'informational' | 'low' | 'medium' | 'high' | 'critical';

/** Life cycle of a rule (rules specification, "Status"). */
export type Status = 'stable' | 'test' | 'experimental' | 'deprecated' | 'unsupported';

/** Where a rule looks (rules specification, "LogSource"). `definition` and custom keys are documentation only. */
export interface LogSource {
  readonly category?: string;
  readonly product?: string;
  readonly service?: string;
}

/** A rule that this one descends from or resembles (rules specification, "Identification"). */
export interface RelatedRule {
  readonly id: string;
  readonly type: string;
}

/** What every Sigma document may say about itself. */
export interface SigmaMetadata {
  /** The document's id; without one `sha256:` and the hex digest of its canonical content. Unique in a rule set. */
  readonly uid: string;
  readonly id?: string;
  readonly title: string;
  readonly name?: string;
  readonly taxonomy: string;
  /** `medium` where the document names none. */
  readonly level: Level;
  readonly status?: Status;
  readonly description?: string;
  readonly author?: string;
  readonly license?: string;
  /** As written, ISO 8601 `YYYY-MM-DD` in a clean rule. */
  readonly date?: string;
  readonly modified?: string;
  readonly tags: readonly string[];
  readonly references: readonly string[];
  readonly falsepositives: readonly string[];
  readonly fields: readonly string[];
  readonly scope: readonly string[];
  readonly related: readonly RelatedRule[];
  /** The file the document came from. */
  readonly file: string;
}

/** A detection rule (rules specification). */
export interface SigmaRule extends SigmaMetadata {
  readonly kind: 'rule';
  readonly logsource: LogSource;
  /** As written; of several any is enough. */
  readonly conditions: readonly string[];
}

/** A global filter (filters specification). */
export interface SigmaFilter extends SigmaMetadata {
  readonly kind: 'filter';
  readonly logsource: LogSource;
  /** As written; of several any is enough. */
  readonly conditions: readonly string[];
  /** Ids or names of the rules it tunes, or `any` for every rule of its log source. */
  readonly rules: readonly string[] | 'any';
}

/** A rule made ready to be asked. */
export interface CompiledRule {
  readonly rule: SigmaRule;
  /** Every event field that the rule and its filters read, sorted, after field aliases. */
  readonly fields: readonly string[];
  /** Whether the rule searches the whole text of an event (keywords). */
  readonly readsText: boolean;
  /** Uids of the filters that were applied, in order. */
  readonly filters: readonly string[];
  /** The detection as data, filters joined to it: what an index is built from. */
  readonly detection: Expression;
  /** Whether the detection holds for the event. The log source is not looked at: the caller selects rules by it. */
  matches(event: SigmaEvent): boolean;
  /** Why the detection holds or not. For people, not for the hot path. */
  explain(event: SigmaEvent): Explanation;
}

/** What an event holds under a field: the first few texts, or why there is none. */
export type ActualContent = readonly string[] | 'absent' | 'null' | 'no text';

/** One comparison of a rule and how it came out. */
export interface AtomVerdict {
  /** The selection that holds the comparison. */
  readonly selection: string;
  /** The uid of the filter that brought the selection; absent for the rule's own. */
  readonly filter?: string;
  /** The key as the rule writes it, with modifiers; `''` for keywords. */
  readonly key: string;
  /** The event field that was read; absent for keywords. */
  readonly field?: string;
  /** The first few values that the rule names; where the comparison matched the one that did stands first. Asked when it is read. */
  readonly expected: readonly string[];
  /** How many values the rule names there. */
  readonly values: number;
  /** What the event holds. */
  readonly actual: ActualContent;
  /** The event fields that it was compared with (`fieldref`), and what they hold; absent where there are none. */
  readonly references?: readonly { readonly field: string; readonly actual: ActualContent }[];
  readonly matched: boolean;
  /** Whether the comparison stands under an odd number of `not`s, so that it stopped the rule by matching. */
  readonly negated: boolean;
}

/** The answer of {@link CompiledRule.explain}. */
export interface Explanation {
  readonly matched: boolean;
  /** How near the event came, from 0 to 1: the mean over the parts of an `and`, the best of an `or`; 1 for a match. */
  readonly share: number;
  /**
   * The comparisons that decide: for a match those that made it, for a miss those that stopped it (the first failing
   * part of an `and`, every part of an `or`, the nearest first), else in the order of the condition.
   */
  readonly decisive: readonly AtomVerdict[];
  /** Every selection that the rule's condition names, in its order, and whether it holds by itself. Asked when it is read. */
  readonly selections: readonly SelectionVerdict[];
  /** The filters that were applied, and whether the condition of each lets the event pass. Asked when it is read. */
  readonly filters: readonly FilterVerdict[];
}

/** Whether a selection holds, whatever the condition makes of it. */
export interface SelectionVerdict {
  readonly name: string;
  readonly holds: boolean;
}

/** Whether a filter lets an event pass. */
export interface FilterVerdict {
  readonly uid: string;
  readonly passes: boolean;
}

/** One rule file. */
export interface SigmaSource {
  /** How the file is called in problems. */
  readonly file: string;
  /** Its text, one or more YAML documents. */
  readonly text: string;
  /** Why there is no text: the file is rejected for that. */
  readonly fault?: string;
}
