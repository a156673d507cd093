import { load } from 'js-yaml';
import type { RuleSet } from '@yuheng/sigma';
import type { Capability } from './capability.ts';
import { askEach } from './detect.ts';
import { memoryFile } from './memory.ts';
import { Prover } from './proof.ts';

/** One case beside a rule: raw input as a source would deliver it. */
export interface RuleCase {
  readonly name: string;
  readonly input: string;
  /** Findings of the rule; at least one where absent. Only in `match`. */
  readonly count?: number;
}

/** A rule's `*.test.yml`. */
export interface RuleCases {
  readonly match: readonly RuleCase[];
  readonly miss: readonly RuleCase[];
}

/** A case that did not come out as it must. */
export interface FailedCase {
  readonly rule: string;
  readonly name: string;
  readonly expected: string;
  readonly found: string;
}

/** Reads the text of a `*.test.yml`; throws an error that says what is wrong with it. */
export function readRuleCases(text: string, file: string): RuleCases {
  const content = load(text) as { match?: unknown; miss?: unknown } | null;
  const list = (name: 'match' | 'miss'): RuleCase[] => {
    const cases = content?.[name];
    if (!Array.isArray(cases)) throw new Error(`${file}: "${name}" must be a list of cases, each with name and input.`);
    return cases.map((entry: Partial<RuleCase>, index) => {
      if (typeof entry.name === 'string' && typeof entry.input === 'string') return entry as RuleCase;
      throw new Error(`${file}: case ${index + 1} of "${name}" needs a name and an input, both texts.`);
    });
  };
  return { match: list('match'), miss: list('miss') };
}

/**
 * Runs a rule's cases through the whole pipeline, with the rules that it needs (a correlation's base rules beside it).
 * `uid` is the rule that must or must not make findings.
 */
export async function runRuleCases(
  uid: string,
  cases: RuleCases,
  rules: RuleSet,
  capabilities: readonly Capability[],
): Promise<FailedCase[]> {
  const prover = new Prover(rules, capabilities, { makeMatcher: askEach });
  const failed: FailedCase[] = [];
  const findingsOf = async ({ input, name }: RuleCase): Promise<number> => {
    const { findings } = await prover.run([memoryFile(name, input)]);
    return findings.filter(({ finding }) => finding.finding_info.analytic.uid === uid).length;
  };
  for (const entry of cases.match) {
    const found = await findingsOf(entry);
    const right = entry.count === undefined ? found > 0 : found === entry.count;
    if (!right)
      failed.push({
        rule: uid,
        name: entry.name,
        expected: `${entry.count ?? 'at least 1'} findings`,
        found: String(found),
      });
  }
  for (const entry of cases.miss) {
    const found = await findingsOf(entry);
    if (found > 0) failed.push({ rule: uid, name: entry.name, expected: 'no finding', found: String(found) });
  }
  return failed;
}
