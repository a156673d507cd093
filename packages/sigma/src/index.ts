/** The Sigma 2.1 detection language: load, check, match, explain, correlate. */
export { loadRules, type LoadOptions, type RuleSet } from './load.ts';
export { AtomTable } from './rule-index/atom-table.ts';
export { joinLessons, type Lessons } from './rule-index/lessons.ts';
export { createRuleIndex, type RuleIndex, type RuleIndexOptions } from './rule-index/rule-index.ts';
export { JsonLines, MAX_CHUNK_BYTES, type JsonLinesCounters } from './bytes/json-lines.ts';
export { isSameId, isUuid } from './identifier.ts';
export { addTexts } from './texts.ts';
export { exactJson } from './exact-json.ts';
export { comparisonsOf, type Comparison } from './comparisons.ts';
export { EventSample, type CostlyTrait, type HangingAtom, type RuleStudy } from './economics.ts';
export { Locator } from './locate.ts';
export { lintRules, type LintOptions } from './lint/lint.ts';
export type { Given } from './lint/given.ts';
export { RulePlaces } from './lint/places.ts';
export { packKey, packRules, unpackRules } from './pack/pack.ts';
export { packLessons, unpackLessons, type LessonsByName } from './pack/pack-lessons.ts';
export { parsePlaceholders, type PlaceholderFault, type Placeholders } from './placeholder-values.ts';
export { DEFAULT_LIMITS, type Limits } from './limits.ts';
export type { SigmaProblem } from './problem.ts';
export type {
  ActualContent,
  AtomVerdict,
  CompiledRule,
  Explanation,
  FilterVerdict,
  Level,
  LogSource,
  RelatedRule,
  SelectionVerdict,
  SigmaEvent,
  SigmaFilter,
  SigmaMetadata,
  SigmaRule,
  SigmaSource,
  Status,
  TextSlice,
} from './types.ts';
export {
  createCorrelator,
  DEFAULT_MAX_WINDOW,
  type CorrelationSet,
  type Correlator,
  type CorrelatorCounters,
  type CorrelatorOptions,
} from './correlation/correlator.ts';
export {
  explainCorrelation,
  SHOWN_TURNS,
  type CorrelationExplanation,
  type ExplainCorrelationOptions,
  type NearestWindow,
} from './correlation/explain.ts';
export type { Disorder } from './correlation/disorder.ts';
export type { Elsewhere, Stray } from './correlation/elsewhere.ts';
export { correlationFields } from './correlation/fields.ts';
export {
  SHOWN_MATCHES,
  type Alternative,
  type Bound,
  type CompiledCorrelation,
  type CorrelationCondition,
  type CorrelationFinding,
  type CorrelationType,
  type Match,
  type MatchSummary,
  type MatchTime,
  type Relation,
  type SigmaCorrelation,
} from './correlation/types.ts';
