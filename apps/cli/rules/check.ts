import type { Language } from '@yuheng/engine';
import { lintRules, loadRules, type SigmaProblem } from '@yuheng/sigma';
import { readRuleTexts, ruleFilesBelow } from '../hunt/rules.ts';
import { logsourceMap } from '../hunt/setup.ts';
import { checkLines } from '../text/check.ts';
import { attackTagProblems } from './check/attack-tags.ts';
import { ownFields, readFieldLists } from './check/field-lists.ts';
import { fieldProblems } from './check/field-problems.ts';
import { missingTests } from './check/missing-tests.ts';

/** What `rules check` was asked for besides the rules. */
export interface CheckOptions {
  readonly json?: boolean;
  /** A list of fields by log source, in the form of SigmaHQ's `logsource.json`. */
  readonly fields?: string;
}

/** What `rules check` tells. */
export interface Checked {
  readonly loaded: number;
  /** Documents that do not load. */
  readonly rejected: number;
  /** What is surely wrong with documents that load, and what probably is. */
  readonly errors: number;
  readonly warnings: number;
  /** Uids of rules about log sources that nothing here reads. */
  readonly unanswered: readonly string[];
  readonly problems: readonly SigmaProblem[];
}

/** `yuheng rules check`: every problem with file, line, what, why and what to do. Exit 1 when there is an error. */
export async function checkRules(paths: readonly string[], options: CheckOptions, language: Language): Promise<number> {
  const lists = options.fields === undefined ? ownFields : await readFieldLists(options.fields);
  const set = loadRules(await readRuleTexts(paths, false));
  const all = [...set.rules.map(({ rule }) => rule), ...set.correlations.map(({ correlation }) => correlation)];
  const lints = [
    ...lintRules(set),
    ...set.rules.flatMap((rule) => fieldProblems(rule, lists)),
    ...all.flatMap(attackTagProblems),
    ...missingTests(await ruleFilesBelow(paths)),
  ];
  const count = (problems: readonly SigmaProblem[], severity: SigmaProblem['severity']): number =>
    problems.filter((problem) => problem.severity === severity).length;
  const checked: Checked = {
    loaded: all.length,
    rejected: count(set.problems, 'error'),
    errors: count(lints, 'error'),
    warnings: count(set.problems, 'warning') + count(lints, 'warning'),
    unanswered: set.rules.filter(({ rule }) => !logsourceMap.knows(rule.logsource)).map(({ rule }) => rule.uid),
    problems: [...set.problems, ...lints],
  };
  if (options.json) process.stdout.write(`${JSON.stringify(checked)}\n`);
  else process.stdout.write(checkLines(checked, language).join('\n') + '\n');
  return checked.rejected + checked.errors > 0 ? 1 : 0;
}
