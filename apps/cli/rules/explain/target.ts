import { existsSync, statSync } from 'node:fs';
import { isSameId, type CompiledCorrelation, type CompiledRule, type RuleSet, type SigmaProblem } from '@yuheng/sigma';
import { YuhengError } from '../../errors.ts';
import { compileRules, readRuleTexts } from '../../hunt/rules.ts';

/** What was found of what was asked. */
export type Target = (
  | { readonly kind: 'rule'; readonly set: RuleSet; readonly compiled: CompiledRule }
  | { readonly kind: 'correlation'; readonly set: RuleSet; readonly compiled: CompiledCorrelation }
  /** All of it was rejected. */
  | { readonly kind: 'rejected' }
) & {
  /** Why what was asked about as well was rejected: other documents of the file, or of the same id, name or title. */
  readonly problems: readonly SigmaProblem[];
};

/**
 * Finds a rule by its file (the last document), its id, name or title, and what of these was rejected. A file is loaded with
 * the rules and filters given beside it, anything else is looked for among our own as well.
 */
export async function findTarget(asked: string, rules: readonly string[], filters: readonly string[]): Promise<Target> {
  const isFile = existsSync(asked) && statSync(asked).isFile();
  const beside = [...rules, ...filters];
  const sources = await readRuleTexts(isFile ? [asked, ...beside.filter((path) => path !== asked)] : beside, !isFile);
  const set = compileRules({ sources, exclude: [] });
  const isMeant = ({ file, ...labels }: Labels & { readonly file: string }): boolean =>
    isFile ? file === asked : isCalled(asked, labels);
  const problems = set.problems.filter(
    (problem) => problem.severity === 'error' && isMeant({ ...problem, uid: problem.rule }),
  );
  const correlation = set.correlations.findLast((each) => isMeant(each.correlation));
  if (correlation) return { kind: 'correlation', set, compiled: correlation, problems };
  const rule = set.rules.findLast((each) => isMeant(each.rule));
  if (rule) return { kind: 'rule', set, compiled: rule, problems };
  if (problems.length > 0) return { kind: 'rejected', problems };
  throw new YuhengError('YH-RULE-UNKNOWN', {
    en: `There is no rule ${JSON.stringify(asked)}: no file of this name, and no rule with this id, name or title. Give its file, or the folder that holds it with --rules.`,
    'zh-CN': `没有规则 ${JSON.stringify(asked)}：没有同名文件，也没有规则有这个编号、名称或标题。请给出规则文件，或用 --rules 给出其所在文件夹。`,
  });
}

/** What a rule may be asked for by. */
interface Labels {
  readonly uid?: string | undefined;
  readonly name?: string;
  readonly title?: string;
}

function isCalled(asked: string, { uid, name, title }: Labels): boolean {
  return isSameId(asked, uid) || name === asked || title === asked;
}
