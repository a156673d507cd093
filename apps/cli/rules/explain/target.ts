import { existsSync, statSync } from 'node:fs';
import type { Language } from '@yuheng/engine';
import { isSameId, type CompiledCorrelation, type CompiledRule, type RuleSet, type SigmaProblem } from '@yuheng/sigma';
import { YuhengError } from '../../errors.ts';
import { printable } from '../../printable.ts';
import { readPlaceholders } from '../../hunt/placeholders.ts';
import { compileRules, readRuleTexts } from '../../hunt/rules.ts';
import type { ExplainOptions } from '../explain.ts';
import { Callings, isSameLabel, type Askable } from './called.ts';

/** What was found of what was asked. */
export interface Target {
  readonly set: RuleSet;
  /** To be explained in turn; empty where all of it was rejected. */
  readonly wanted: readonly (CompiledRule | CompiledCorrelation)[];
  /** Documents of the same file that are explained as parts of these. */
  readonly parts: readonly Askable[];
  /** Why what was asked about as well was rejected: other documents of the file, or of the same id, name or title. */
  readonly problems: readonly SigmaProblem[];
  readonly callings: Callings;
}

/** Rules of one file that are explained in turn, and choices that are told. */
const MOST_IN_TURN = 5;
const SHOWN_CHOICES = 10;
const SHOWN_MEANT = 3;

/**
 * Finds the rules of a file, or the one of an id, name or title, and what of these was rejected. A file is loaded with the rules and
 * filters given beside it, anything else is looked for among our own as well.
 */
export async function findTarget(
  asked: string,
  { rules = [], filter = [], placeholders }: ExplainOptions,
): Promise<Target> {
  const isFile = statSync(asked, { throwIfNoEntry: false })?.isFile() ?? false;
  const beside = [...rules, ...filter];
  const sources = await readRuleTexts(isFile ? [asked, ...beside.filter((path) => path !== asked)] : beside, !isFile);
  const set = compileRules({ sources, exclude: [], placeholders: readPlaceholders(placeholders) });
  const callings = new Callings(set, sources);
  const problems = set.problems.filter(
    (problem) => problem.severity === 'error' && (isFile ? problem.file === asked : isAskedFor(problem, asked)),
  );
  const found = isFile ? documentsOf(asked, set) : { roots: callings.find(asked), parts: [] };
  const { roots, parts } = found;
  if (roots.length > (isFile ? MOST_IN_TURN : 1))
    throw isFile ? tooMany(asked, roots, callings) : ambiguous(asked, roots, callings);
  if (roots.length + problems.length === 0) throw unknown(asked, callings);
  return { set, wanted: roots.map((rule) => compiledOf(rule, set)), parts, problems, callings };
}

function isAskedFor({ rule, name, title }: SigmaProblem, asked: string): boolean {
  return isSameId(asked, rule) || isSameLabel(asked, name) || isSameLabel(asked, title);
}

/** The rules and correlations of a file: those that stand by themselves, and those that these are made of. */
function documentsOf(file: string, { rules, correlations }: RuleSet): { roots: Askable[]; parts: Askable[] } {
  const all = [...rules.map(({ rule }) => rule), ...correlations.map(({ correlation }) => correlation)];
  const own = all.filter((rule) => rule.file === file);
  const below = new Set(own.flatMap((rule) => (rule.kind === 'correlation' ? rule.rules : [])));
  return { roots: own.filter(({ uid }) => !below.has(uid)), parts: own.filter(({ uid }) => below.has(uid)) };
}

function compiledOf({ kind, uid }: Askable, { rules, correlations }: RuleSet): CompiledRule | CompiledCorrelation {
  if (kind === 'rule') return rules.find(({ rule }) => rule.uid === uid)!;
  return correlations.find(({ correlation }) => correlation.uid === uid)!;
}

function choices(rules: readonly Askable[], callings: Callings, language: Language): string {
  const shown = rules.slice(0, SHOWN_CHOICES).map((rule) => `\n  ${printable(callings.choice(rule, language))}`);
  return `${shown.join('')}${rules.length > SHOWN_CHOICES ? '\n  …' : ''}`;
}

function ambiguous(asked: string, found: readonly Askable[], callings: Callings): YuhengError {
  const name = JSON.stringify(asked);
  return new YuhengError('YH-RULE-AMBIGUOUS', {
    en: `${found.length} rules are called ${name}. Ask for one by its id:${choices(found, callings, 'en')}`,
    'zh-CN': `有 ${found.length} 条规则名为 ${name}。请用编号指定其中一条：${choices(found, callings, 'zh-CN')}`,
  });
}

function tooMany(file: string, found: readonly Askable[], callings: Callings): YuhengError {
  const name = JSON.stringify(file);
  return new YuhengError('YH-RULE-AMBIGUOUS', {
    en: `${name} holds ${found.length} rules. Ask for one by its id, with --rules ${name}:${choices(found, callings, 'en')}`,
    'zh-CN': `${name} 含有 ${found.length} 条规则。请用编号指定其中一条，并加上 --rules ${name}：${choices(found, callings, 'zh-CN')}`,
  });
}

function unknown(asked: string, callings: Callings): YuhengError {
  const name = JSON.stringify(asked);
  const meant = callings.meant(asked).slice(0, SHOWN_MEANT);
  if (existsSync(asked))
    return new YuhengError('YH-RULE-UNKNOWN', {
      en: `${name} holds no rule to explain. Give a rule file; of a folder, ask for a rule by its id, name or title, with --rules ${name}.`,
      'zh-CN': `${name} 中没有可解释的规则。请给出规则文件；若是文件夹，请用编号、名称或标题指定规则，并加上 --rules ${name}。`,
    });
  if (meant.length > 0)
    return new YuhengError('YH-RULE-UNKNOWN', {
      en: `There is no rule ${name}. Did you mean:${choices(meant, callings, 'en')}`,
      'zh-CN': `没有规则 ${name}。是否指：${choices(meant, callings, 'zh-CN')}`,
    });
  return new YuhengError('YH-RULE-UNKNOWN', {
    en: `There is no rule ${name}: no file of this name, and no rule with this id, name or title. Give its file, or the folder that holds it with --rules.`,
    'zh-CN': `没有规则 ${name}：没有同名文件，也没有规则有这个编号、名称或标题。请给出规则文件，或用 --rules 给出其所在文件夹。`,
  });
}
