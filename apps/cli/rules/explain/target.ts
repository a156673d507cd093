import { existsSync, statSync } from 'node:fs';
import type { CompiledCorrelation, CompiledRule, RuleSet, SigmaProblem } from '@yuheng/sigma';
import { YuhengError } from '../../errors.ts';
import { compileRules, readRuleTexts } from '../../hunt/rules.ts';

/** The rule to explain, among the rules that were loaded with it. */
export type Target =
  | { readonly kind: 'rule'; readonly set: RuleSet; readonly compiled: CompiledRule }
  | { readonly kind: 'correlation'; readonly set: RuleSet; readonly compiled: CompiledCorrelation }
  /** It was rejected: why. */
  | { readonly kind: 'rejected'; readonly problems: readonly SigmaProblem[] };

/**
 * Finds a rule by its file (the last document, else the last one that was rejected), its id, name or title. A file is
 * loaded with the rules and filters given beside it, anything else is looked for among our own as well.
 */
export async function findTarget(asked: string, rules: readonly string[], filters: readonly string[]): Promise<Target> {
  const isFile = existsSync(asked) && statSync(asked).isFile();
  const beside = [...rules, ...filters];
  const sources = await readRuleTexts(isFile ? [asked, ...beside.filter((path) => path !== asked)] : beside, !isFile);
  const set = compileRules({ sources, exclude: [] });
  const isMeant = (rule: {
    readonly file: string;
    readonly uid: string;
    readonly name?: string;
    readonly title: string;
  }) => (isFile ? rule.file === asked : [rule.uid, rule.name, rule.title].includes(asked));
  const correlation = set.correlations.findLast((each) => isMeant(each.correlation));
  if (correlation) return { kind: 'correlation', set, compiled: correlation };
  const rule = set.rules.findLast((each) => isMeant(each.rule));
  if (rule) return { kind: 'rule', set, compiled: rule };
  const problems = set.problems.filter(
    (problem) => problem.severity === 'error' && (isFile ? problem.file === asked : problem.rule === asked),
  );
  if (problems.length > 0) return { kind: 'rejected', problems };
  throw new YuhengError('YH-RULE-UNKNOWN', {
    en: `There is no rule ${JSON.stringify(asked)}: no file of this name, and no loaded rule with this id, name or title. Give its file, or the folder that holds it with --rules.`,
    'zh-CN': `没有规则 ${JSON.stringify(asked)}：没有同名文件，已加载的规则也没有这个编号、名称或标题。请给出规则文件，或用 --rules 给出其所在文件夹。`,
  });
}
