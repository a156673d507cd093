import { capabilities } from '@yuheng/capabilities';
import { runRuleCases, type FailedCase, type Language } from '@yuheng/engine';
import { loadRules, type Placeholders, type SigmaProblem, type SigmaSource } from '@yuheng/sigma';
import { readPlaceholders } from '../hunt/placeholders.ts';
import { testLines } from '../text/rules-test.ts';
import { preferThroughput } from '../throughput.ts';
import { noRules, orphanProblems, readCases, readPack } from './pack.ts';

/** What `rules test` was asked for besides the rules. */
export interface TestOptions {
  readonly json?: boolean;
  /** A file of values for placeholders. */
  readonly placeholders?: string;
}

/** A case of a rule that did not come out as it must. */
export interface FailedTest extends FailedCase {
  readonly file: string;
  /** The rule's uid and title. */
  readonly rule: string;
  readonly title: string;
}

/** What `rules test` tells. */
export interface Tested {
  /** Rules whose cases were run, and these cases. */
  readonly tested: number;
  readonly cases: number;
  readonly failed: readonly FailedTest[];
  /** Files of rules without cases. */
  readonly untested: readonly string[];
  /** Why rules or cases could not be used. */
  readonly problems: readonly SigmaProblem[];
}

/** `yuheng rules test`: runs each rule's cases through the pipeline. Exit 1 unless every rule has cases and all come out. */
export async function testRules(paths: readonly string[], options: TestOptions, language: Language): Promise<number> {
  preferThroughput();
  const tested = await testPack(paths, readPlaceholders(options.placeholders));
  if (options.json) process.stdout.write(`${JSON.stringify(tested)}\n`);
  else process.stdout.write(testLines(tested, language).join('\n') + '\n');
  return tested.failed.length + tested.untested.length + tested.problems.length > 0 ? 1 : 0;
}

/** What became of one file. */
interface Outcome {
  readonly cases?: number;
  readonly failed?: readonly FailedTest[];
  readonly problems?: readonly SigmaProblem[];
}

async function testPack(paths: readonly string[], placeholders: Placeholders): Promise<Tested> {
  const pack = await readPack(paths);
  const problems = orphanProblems(pack);
  const failed: FailedTest[] = [];
  const untested: string[] = [];
  let [rules, tested, cases] = [0, 0, 0];
  for (const source of pack.rules) {
    const outcome = await testFile(source, pack.cases.get(source.file), placeholders);
    if (!outcome) continue;
    rules++;
    problems.push(...(outcome.problems ?? []));
    failed.push(...(outcome.failed ?? []));
    cases += outcome.cases ?? 0;
    if (outcome.cases === 0) untested.push(source.file);
    else if (outcome.cases !== undefined) tested++;
  }
  if (rules === 0) problems.push(noRules(paths));
  return { tested, cases, failed, untested, problems };
}

/**
 * A file may hold a correlation together with its base rules: the last document is the one under test. Undefined where it holds
 * no rule: filters are tested with the rules that they tune.
 */
async function testFile(
  source: SigmaSource,
  beside: SigmaSource | undefined,
  placeholders: Placeholders,
): Promise<Outcome | undefined> {
  const set = loadRules([source], { placeholders });
  const problems = set.problems.filter(({ severity }) => severity === 'error');
  if (problems.length > 0) return { problems };
  const rule = set.correlations.at(-1)?.correlation ?? set.rules.at(-1)?.rule;
  if (!rule) return undefined;
  if (!beside) return { cases: 0 };
  const cases = readCases(beside);
  if (!('match' in cases)) return { problems: cases };
  const failed = await runRuleCases(rule.uid, cases, set, capabilities);
  return {
    cases: cases.match.length + cases.miss.length,
    failed: failed.map((told) => ({ file: source.file, rule: rule.uid, title: rule.title, ...told })),
  };
}
