import { atomsOf } from '../expression.ts';
import type { RuleSet } from '../load.ts';
import type { SigmaProblem } from '../problem.ts';
import type { LogSource } from '../types.ts';
import { lintCondition } from './condition.ts';
import { givenWays, type Given } from './given.ts';
import { lintPatterns } from './patterns.ts';
import type { RulePlaces } from './places.ts';
import type { LintFinding } from './finding.ts';
import { shadowed } from './shadowed.ts';
import { lintValues } from './values.ts';
import { waysOf } from './ways.ts';

/** What a lint may know besides the rules. */
export interface LintOptions {
  /** Finds the lines of what is told. */
  readonly places?: RulePlaces;
  /** What records of a log source say of themselves, one entry for each kind of record; `undefined` where that is not known. */
  readonly given?: (logsource: LogSource) => readonly Given[] | undefined;
}

/**
 * Says what an engineer would about rules that load: conditions that are never or always true, branches and values that change
 * nothing, regular expressions that may take for ever, and rules that another rule of the same log source always finds as
 * well. Conditions that can be fulfilled in too many ways are not looked into.
 */
export function lintRules(
  { rules, silent }: Pick<RuleSet, 'rules' | 'silent'>,
  { places, given = () => undefined }: LintOptions = {},
): SigmaProblem[] {
  const known = rules.map((compiled) => ({ compiled, ways: waysOf(compiled.detection) ?? [] }));
  // What only feeds correlations finds nothing of its own.
  const audible = known.filter(({ compiled }) => !silent.has(compiled.rule.uid));
  const findings = [
    ...known.flatMap((rule): LintFinding[] => {
      // A filter's comparisons are told of nowhere: they stand in another file.
      const atoms = [...atomsOf(rule.compiled.detection)].filter(({ filter }) => filter === undefined);
      const kinds = givenWays(given(rule.compiled.rule.logsource) ?? []);
      return [
        ...lintCondition(rule, kinds),
        ...atoms.flatMap((atom) => lintValues(rule, atom)),
        ...lintPatterns(rule, atoms),
      ];
    }),
    ...shadowed(audible),
  ];
  return findings.map(({ rule, path, ...told }) => {
    const line = places?.lineOf(rule, path);
    return { ...told, file: rule.file, rule: rule.id ?? rule.title, ...(line === undefined ? {} : { line }) };
  });
}
