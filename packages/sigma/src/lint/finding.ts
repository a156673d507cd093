import type { Path, SigmaProblem } from '../problem.ts';
import type { CompiledRule, SigmaRule } from '../types.ts';
import type { Way } from './ways.ts';

/** A rule with the ways to fulfil its condition; none where they are too many. */
export interface KnownRule {
  readonly compiled: CompiledRule;
  readonly ways: readonly Way[];
}

/** What a lint says about a rule, before file and line are known. */
export interface LintFinding extends Pick<SigmaProblem, 'severity' | 'code' | 'what' | 'why' | 'fix'> {
  readonly rule: SigmaRule;
  readonly path: Path;
}
