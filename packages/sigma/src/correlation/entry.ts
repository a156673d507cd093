import { scalarText } from '../reader.ts';
import type { Match, SigmaCorrelation } from './types.ts';

/** Something that a correlation looks at: a match, or another correlation that holds at a match. */
export interface Input {
  /** Uid of the rule or correlation. */
  readonly rule: string;
  /** What it is counted as: the event's uid, or the key of the other correlation's finding. */
  readonly uid: string;
  /** The match at which it happened. */
  readonly match: Match;
  /** The matches that it stands for in a finding. */
  readonly evidence: readonly Match[];
  field(name: string): unknown;
}

/** A match as an input. */
export function inputOf(match: Match): Input {
  return { rule: match.rule, uid: match.uid, match, evidence: [match], field: (name) => match.field(name) };
}

/** An input in the window of a group. */
export interface Entry extends Input {
  /** Its number in the group; ever growing. */
  readonly sequence: number;
}

/** The field that stands for a name in the inputs of a rule. */
export function fieldOf(correlation: SigmaCorrelation, name: string, rule: string): string {
  return correlation.aliases.get(name)?.get(rule) ?? name;
}

/** The value under a name of a correlation (a field or an alias). */
export function valueOf(correlation: SigmaCorrelation, name: string, input: Input): unknown {
  return input.field(fieldOf(correlation, name, input.rule));
}

/** A value as a text that can be compared and grouped by; `undefined` for absent and null. */
export function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return scalarText(value) ?? stringify(value);
}

function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // A value that refers to itself or holds a bigint has no text; it counts as absent.
    return undefined;
  }
}

/** The values of several names as one text; `undefined` when one of them is absent. */
export function tupleOf(correlation: SigmaCorrelation, names: readonly string[], input: Input): string | undefined {
  const texts = names.map((name) => textOf(valueOf(correlation, name, input)));
  return texts.includes(undefined) ? undefined : JSON.stringify(texts);
}
