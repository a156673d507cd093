import type { Language } from '@yuheng/engine';
import { lintRules, loadRules, type Placeholders, RulePlaces, type SigmaProblem } from '@yuheng/sigma';
import { readPlaceholders } from '../hunt/placeholders.ts';
import { logsourceMap } from '../hunt/setup.ts';
import { checkLines } from '../text/check.ts';
import { attackTagProblems } from './check/attack-tags.ts';
import { caseProblems } from './check/cases.ts';
import { ownFields, readFieldLists, type FieldLists } from './check/field-lists.ts';
import { fieldProblems } from './check/field-problems.ts';
import { givenBy } from './check/given.ts';
import { locateBy } from './check/locate.ts';
import { logsourceProblems } from './check/logsource-names.ts';
import { noRules, orphanProblems, readPack } from './pack.ts';

/** What `rules check` was asked for besides the rules. */
export interface CheckOptions {
  readonly json?: boolean;
  /** A list of fields by log source, in the form of SigmaHQ's `logsource.json`. */
  readonly fields?: string;
  /** A file of values for placeholders. */
  readonly placeholders?: string;
}

/** What `rules check` tells. */
export interface Checked {
  /** Rules and correlations. */
  readonly loaded: number;
  /** Documents that do not load. */
  readonly rejected: number;
  /** What is surely wrong, what keeps documents from loading among it, and what probably is. */
  readonly errors: number;
  readonly warnings: number;
  /** Uids of rules about log sources that nothing here reads. */
  readonly unanswered: readonly string[];
  readonly problems: readonly SigmaProblem[];
}

/** `yuheng rules check`: every problem with file, line, what, why and what to do. Exit 1 when there is an error. */
export async function checkRules(paths: readonly string[], options: CheckOptions, language: Language): Promise<number> {
  const lists = options.fields === undefined ? ownFields : await readFieldLists(options.fields);
  const checked = await checkPack(paths, lists, readPlaceholders(options.placeholders));
  if (options.json) process.stdout.write(`${JSON.stringify(checked)}\n`);
  else process.stdout.write(checkLines(checked, language).join('\n') + '\n');
  return checked.errors > 0 ? 1 : 0;
}

async function checkPack(paths: readonly string[], lists: FieldLists, placeholders: Placeholders): Promise<Checked> {
  const pack = await readPack(paths);
  const set = loadRules(pack.rules, { placeholders });
  const places = new RulePlaces(pack.rules);
  const locate = locateBy(places);
  const all = [...set.rules.map(({ rule }) => rule), ...set.correlations.map(({ correlation }) => correlation)];
  const rejected = set.problems.filter(({ severity }) => severity === 'error').length;
  const problems = [
    ...set.problems,
    ...(all.length + rejected > 0 ? [] : [noRules(paths)]),
    ...set.rules.flatMap(({ rule }) => logsourceProblems(rule, locate)),
    ...lintRules(set, { places, given: givenBy }),
    ...set.rules.flatMap((rule) => fieldProblems(rule, lists, locate)),
    ...all.flatMap((rule) => attackTagProblems(rule, locate)),
    ...orphanProblems(pack),
    ...caseProblems(
      pack,
      all.map(({ file }) => file),
    ),
  ];
  return {
    loaded: all.length,
    rejected,
    errors: problems.filter(({ severity }) => severity === 'error').length,
    warnings: problems.filter(({ severity }) => severity === 'warning').length,
    unanswered: set.rules.filter(({ rule }) => !logsourceMap.knows(rule.logsource)).map(({ rule }) => rule.uid),
    problems,
  };
}
