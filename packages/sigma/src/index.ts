/** The Sigma 2.1 detection language: load, check, match. */
export { loadRules, type LoadOptions, type RuleSet } from './load.ts';
export { DEFAULT_LIMITS, type Limits } from './limits.ts';
export type { SigmaProblem } from './problem.ts';
export type {
  AtomVerdict,
  CompiledRule,
  Explanation,
  Level,
  LogSource,
  RelatedRule,
  SigmaEvent,
  SigmaFilter,
  SigmaMetadata,
  SigmaRule,
  SigmaSource,
  Status,
} from './types.ts';
