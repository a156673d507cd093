import type { Language } from '@yuheng/engine';
import { printable } from '../printable.ts';
import type { Checked } from '../rules/check.ts';
import { countText } from '@yuheng/report';
import { counted } from './hunt.ts';
import { problemLine } from './problem.ts';

/** Warnings of one kind that are told on a terminal; errors are told all. */
const SHOWN_WARNINGS = 20;

/** What a check found, as lines that are safe on a terminal. */
export function checkLines(
  { problems, loaded, rejected, errors, warnings, unanswered }: Checked,
  language: Language,
): string[] {
  const words = WORDS[language];
  const counts = new Map<string, number>();
  const told = problems.filter(({ severity, code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return severity === 'error' || count <= SHOWN_WARNINGS;
  });
  const lines = told.map((problem) => problemLine(problem, language));
  for (const [code, count] of counts) {
    const left = count - told.filter((problem) => problem.code === code).length;
    if (left > 0) lines.push(words.more(code, countText(left)));
  }
  lines.push(words.sum({ loaded, rejected, errors, warnings, unanswered: unanswered.length }));
  return lines.map(printable);
}

type Counted = 'loaded' | 'rejected' | 'errors' | 'warnings' | 'unanswered';

interface Words {
  readonly more: (code: string, count: string) => string;
  readonly sum: (counts: { readonly [of in Counted]: number }) => string;
}

const WORDS: { readonly [language in Language]: Words } = {
  en: {
    more: (code, count) => `… and ${count} more of ${code} (--json tells all)`,
    sum: ({ loaded, rejected, errors, warnings, unanswered }) => {
      const rules = `${counted(loaded, 'rule')} loaded, ${counted(rejected, 'document')} rejected`;
      const asking = `${countText(unanswered)} ${unanswered === 1 ? 'asks for a log source' : 'ask for log sources'} that nothing here reads yet`;
      return `${rules}; ${counted(errors, 'error')}, ${counted(warnings, 'warning')}; ${asking}.`;
    },
  },
  'zh-CN': {
    more: (code, count) => `……还有 ${count} 个 ${code}（--json 列出全部）`,
    sum: ({ loaded, rejected, errors, warnings, unanswered }) => {
      const rules = `加载规则 ${countText(loaded)} 条，拒绝文档 ${countText(rejected)} 个`;
      return `${rules}；错误 ${countText(errors)} 个，警告 ${countText(warnings)} 个；${countText(unanswered)} 条所需的日志来源目前还读不了。`;
    },
  },
};
