/** What a rule set may cost to load. A document beyond a bound is rejected with a problem that names the bound. */
export interface Limits {
  /** Characters of one file. */
  readonly fileLength: number;
  /** Depth of YAML nesting. */
  readonly depth: number;
  /** YAML nodes of one document, with aliases written out. */
  readonly nodes: number;
  /** Values that `windash`, `base64offset` and placeholders may make of one value. */
  readonly expansion: number;
  /** Characters of one regular expression. */
  readonly regexLength: number;
  /** States of one regular expression with its counted repetitions written out. */
  readonly regexSize: number;
  /** Brackets and `not`s inside one another in a condition. */
  readonly conditionDepth: number;
  /** Rules that one correlation may refer to. */
  readonly correlationRules: number;
}

/** The bounds that hold unless the caller sets others. */
export const DEFAULT_LIMITS: Limits = {
  fileLength: 16 * 1024 * 1024,
  depth: 64,
  nodes: 1_000_000,
  expansion: 10_000,
  regexLength: 4_096,
  regexSize: 5_000,
  conditionDepth: 64,
  correlationRules: 64,
};
