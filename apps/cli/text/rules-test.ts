import type { Language } from '@yuheng/engine';
import { countText } from '@yuheng/report';
import { printable } from '../printable.ts';
import { casesOf } from '../rules/pack.ts';
import type { FailedTest, Tested } from '../rules/test.ts';
import { counted } from './hunt.ts';
import { problemLine } from './problem.ts';

/** What came of the tests of rules, as lines that are safe on a terminal. */
export function testLines({ problems, failed, untested, tested, cases }: Tested, language: Language): string[] {
  const words = WORDS[language];
  return [
    ...problems.map((problem) => problemLine(problem, language)),
    ...failed.map((test) => words.failed(test)),
    ...untested.map((file) => words.untested(file, casesOf(file))),
    words.sum(tested, cases, failed.length, untested.length, problems.length),
  ].map(printable);
}

interface Words {
  readonly failed: (test: FailedTest) => string;
  readonly untested: (file: string, cases: string) => string;
  readonly sum: (tested: number, cases: number, failed: number, untested: number, problems: number) => string;
}

const WORDS: { readonly [language in Language]: Words } = {
  en: {
    failed: ({ file, title, kind, name, count, found, understood }) => {
      const least = count === undefined ? 'at least 1 finding' : counted(count, 'finding');
      const nothing = understood === 0 ? '; no record of the input was understood, so that nothing was tried' : '';
      return `${file}: "${title}", ${kind} "${name}": expected ${kind === 'miss' ? 'no finding' : least}, found ${countText(found)}${nothing}`;
    },
    untested: (file, cases) => `${file}: no cases beside it. Write ${cases} with "match" and "miss".`,
    sum: (tested, cases, failed, untested, problems) => {
      const run = `${counted(tested, 'rule')} tested with ${counted(cases, 'case')}, ${countText(failed)} failed`;
      return `${run}; ${counted(untested, 'rule')} without cases, ${counted(problems, 'problem')}.`;
    },
  },
  'zh-CN': {
    failed: ({ file, title, kind, name, count, found, understood }) => {
      const least = count === undefined ? '应至少有 1 个发现' : `应有 ${countText(count)} 个发现`;
      const nothing = understood === 0 ? '；输入中没有一条记录能被理解，因此什么都没有测到' : '';
      return `${file}：“${title}”，${kind} “${name}”：${kind === 'miss' ? '不应有发现' : least}，实有 ${countText(found)} 个${nothing}`;
    },
    untested: (file, cases) => `${file}：旁边没有用例。请编写 ${cases}，含 “match” 与 “miss”。`,
    sum: (tested, cases, failed, untested, problems) =>
      `测试规则 ${countText(tested)} 条，用例 ${countText(cases)} 个，失败 ${countText(failed)} 个；没有用例的规则 ${countText(untested)} 条，问题 ${countText(problems)} 个。`,
  },
};
