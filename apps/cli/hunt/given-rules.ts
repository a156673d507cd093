import { open } from 'node:fs/promises';
import { containerOf } from '@yuheng/adapter-files';
import type { Language } from '@yuheng/engine';
import { loadRules, type RuleSet, type SigmaSource } from '@yuheng/sigma';
import { YuhengError } from '../errors.ts';
import { printable, shorten } from '../printable.ts';
import { placeText, problemText } from '../text/problem.ts';
import type { HuntOptions } from './options.ts';
import { idleExclusions, readRuleTexts, type RuleTexts } from './rules.ts';

/** What stands at a path of `--rules` or `--filter`; our own rules have no path. */
export interface GivenRules {
  readonly flag?: '--rules' | '--filter';
  readonly path: string;
  readonly sources: readonly SigmaSource[];
}

/** Reads all rules and filters that a hunt was given, each path once. */
export async function readGivenRules({ builtinRules, rules, filters }: HuntOptions): Promise<GivenRules[]> {
  const given: GivenRules[] = [];
  if (builtinRules) given.push({ path: '', sources: await readRuleTexts([], true) });
  for (const [flag, paths] of [['--rules', rules] as const, ['--filter', filters] as const])
    for (const path of new Set(paths)) given.push({ flag, path, sources: await readRuleTexts([path], false) });
  return given;
}

/** Throws where there is no rule at all, or a path gives none of what its flag asks for: a typing error there would pass unseen. */
export async function demandRules(
  given: readonly GivenRules[],
  set: RuleSet,
  { exclude, placeholders = {} }: RuleTexts,
): Promise<void> {
  for (const one of given) {
    if (one.flag === '--filter') await demandFilter(one, loadRules(one.sources, { placeholders }));
    else if (one.flag && !givesRule(one, set, exclude)) throw givesNone(one, await whatStands(one, set));
  }
  if (set.rules.length + set.correlations.length === 0) throw noRules();
}

/** Rules that were excluded, or that stand in another path as well, are there. */
function givesRule(
  { sources }: GivenRules,
  { rules, correlations, problems }: RuleSet,
  exclude: readonly string[],
): boolean {
  const files = new Set([
    ...rules.map(({ rule }) => rule.file),
    ...correlations.map(({ correlation }) => correlation.file),
    ...problems.filter(({ code }) => code === 'rule.duplicate-id').map(({ file }) => file),
  ]);
  const isExcluded = (source: SigmaSource): boolean =>
    idleExclusions({ sources: [source], exclude }).length < exclude.length;
  return sources.some((source) => files.has(source.file) || isExcluded(source));
}

/** `alone`: what its files hold, loaded without any others. */
async function demandFilter(given: GivenRules, alone: RuleSet): Promise<void> {
  const file = alone.rules[0]?.rule.file ?? alone.correlations[0]?.correlation.file;
  if (file !== undefined) throw notFilter(given.path, file);
  if (alone.filters.length === 0) throw givesNone(given, await whatStands(given, alone));
}

type Both = { readonly [language in Language]: string };

async function whatStands({ path, sources }: GivenRules, { problems }: RuleSet): Promise<Both> {
  if (sources.length === 0) return { en: 'it holds no .yml file', 'zh-CN': '其中没有 .yml 文件' };
  if (await isArchive(path))
    return { en: 'it is an archive, which has to be unpacked first', 'zh-CN': '它是压缩包，需先解开' };
  const files = new Set(sources.map(({ file }) => file));
  const problem = problems.find(({ file, severity }) => severity === 'error' && files.has(file));
  if (!problem) return { en: 'its files are empty, or hold other documents', 'zh-CN': '其中的文件为空，或是其他文档' };
  const first = (language: Language): string =>
    shorten(printable(`${placeText(problem)}: ${problemText(problem, language)}`), 300);
  return { en: `all in it is rejected. ${first('en')}`, 'zh-CN': `其中的内容全部被拒绝。${first('zh-CN')}` };
}

const HEAD_BYTES = 512;

async function isArchive(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  try {
    const head = await file?.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return head !== undefined && containerOf(head.buffer.subarray(0, head.bytesRead)) !== undefined;
  } catch {
    return false;
  } finally {
    await file?.close();
  }
}

function givesNone({ flag, path }: GivenRules, found: Both): YuhengError {
  const [shown, what] = [printable(path), flag === '--rules' ? 'rule' : 'filter'];
  const kind = flag === '--rules' ? '规则' : '过滤器';
  return new YuhengError('YH-RULES-NONE', {
    en: `${flag} ${shown} gives no ${what}: ${found.en}. Give a .yml file with a Sigma ${what}, or a folder of them.`,
    'zh-CN': `${flag} ${shown} 没有给出任何${kind}：${found['zh-CN']}。请给出 Sigma ${kind}的 .yml 文件，或含有它们的文件夹。`,
  });
}

function notFilter(path: string, file: string): YuhengError {
  const shown = printable(path === file ? path : `${path} (${file})`);
  return new YuhengError('YH-RULES-NONE', {
    en: `--filter ${shown} holds a rule and not a filter. Give rules with --rules.`,
    'zh-CN': `--filter ${shown} 是规则，不是过滤器。请用 --rules 给出规则。`,
  });
}

function noRules(): YuhengError {
  return new YuhengError('YH-RULES-NONE', {
    en: 'There is no rule to hunt with. Give some with --rules, or leave --no-builtin-rules away.',
    'zh-CN': '没有可用于搜寻的规则。请用 --rules 给出规则，或去掉 --no-builtin-rules。',
  });
}
