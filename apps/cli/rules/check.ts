import type { Language } from '@yuheng/engine';
import { loadRules } from '@yuheng/sigma';
import { logsourceMap } from '../hunt/setup.ts';
import { readRuleTexts } from '../hunt/rules.ts';
import { printable } from '../printable.ts';

/** `yuheng rules check`: every problem with file, line, what, why and what to do. Exit 1 when a rule was rejected. */
export async function checkRules(
  paths: readonly string[],
  options: { json?: boolean },
  language: Language,
): Promise<number> {
  const set = loadRules(await readRuleTexts(paths, false));
  const errors = set.problems.filter((problem) => problem.severity === 'error').length;
  const unanswered = set.rules.filter(({ rule }) => !logsourceMap.knows(rule.logsource)).map(({ rule }) => rule.uid);
  const loaded = set.rules.length + set.correlations.length;
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ loaded, rejected: errors, unanswered, problems: set.problems })}\n`);
    return errors > 0 ? 1 : 0;
  }
  for (const { file, line, severity, code, what, why, fix } of set.problems) {
    process.stdout.write(
      printable(`${file}${line === undefined ? '' : `:${line}`}: ${severity} ${code}: ${what} ${why} → ${fix}`) + '\n',
    );
  }
  process.stdout.write(`${WORDS[language](loaded, errors, set.problems.length - errors, unanswered.length)}\n`);
  return errors > 0 ? 1 : 0;
}

const WORDS: {
  readonly [language in Language]: (loaded: number, rejected: number, warnings: number, unanswered: number) => string;
} = {
  en: (loaded, rejected, warnings, unanswered) =>
    `${loaded} rules loaded, ${rejected} rejected, ${warnings} warnings; ${unanswered} ask for log sources that nothing here reads yet.`,
  'zh-CN': (loaded, rejected, warnings, unanswered) =>
    `加载规则 ${loaded} 条，拒绝 ${rejected} 条，警告 ${warnings} 个；${unanswered} 条所需的日志来源目前还读不了。`,
};
