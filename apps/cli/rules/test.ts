import { existsSync, readFileSync } from 'node:fs';
import { capabilities } from '@yuheng/capabilities';
import { readRuleCases, runRuleCases, type FailedCase, type Language } from '@yuheng/engine';
import { loadRules, type SigmaSource } from '@yuheng/sigma';
import { ruleFilesBelow } from '../hunt/rules.ts';
import { casesOf } from './check/missing-tests.ts';
import { beSlowToOptimise } from '../patience.ts';
import { printable } from '../printable.ts';

/** `yuheng rules test`: runs each rule's cases through the pipeline. Exit 1 when one fails, or a rule has none. */
export async function testRules(
  paths: readonly string[],
  options: { json?: boolean },
  language: Language,
): Promise<number> {
  beSlowToOptimise();
  const failed: FailedCase[] = [];
  const untested: string[] = [];
  let tested = 0;
  for (const file of await ruleFilesBelow(paths)) {
    // Files are small and many: one after another they are read several times faster at once than by promises.
    if (!existsSync(casesOf(file))) {
      untested.push(file);
      continue;
    }
    tested++;
    failed.push(...(await testFile(file, readFileSync(casesOf(file), 'utf8'))));
  }
  if (options.json) process.stdout.write(`${JSON.stringify({ tested, failed, untested })}\n`);
  else {
    for (const { rule, name, expected, found } of failed)
      process.stdout.write(printable(`${rule}: ${name}: expected ${expected}, found ${found}`) + '\n');
    for (const file of untested) process.stdout.write(`${WORDS[language].untested(printable(file))}\n`);
    process.stdout.write(`${WORDS[language].sum(tested, failed.length, untested.length)}\n`);
  }
  return failed.length > 0 || untested.length > 0 ? 1 : 0;
}

/** A file may hold a correlation together with its base rules: the last document is the one under test. */
async function testFile(file: string, cases: string): Promise<FailedCase[]> {
  const source: SigmaSource = { file, text: readFileSync(file, 'utf8') };
  const set = loadRules([source]);
  const { rules, correlations, problems } = set;
  const uid = correlations.at(-1)?.correlation.uid ?? rules.at(-1)?.rule.uid;
  const error = problems.find((problem) => problem.severity === 'error');
  if (uid === undefined || error)
    return [{ rule: file, name: 'load', expected: 'a rule', found: error ? error.what : 'none' }];
  return runRuleCases(uid, readRuleCases(cases, file), set, capabilities);
}

const WORDS: {
  readonly [language in Language]: {
    readonly untested: (file: string) => string;
    readonly sum: (tested: number, failed: number, untested: number) => string;
  };
} = {
  en: {
    untested: (file) => `${file}: no cases beside it. Write ${casesOf(file)} with "match" and "miss".`,
    sum: (tested, failed, untested) =>
      `${tested} rules tested, ${failed} cases failed, ${untested} rules without cases.`,
  },
  'zh-CN': {
    untested: (file) => `${file}：旁边没有用例。请编写 ${casesOf(file)}，含 “match” 与 “miss”。`,
    sum: (tested, failed, untested) => `测试规则 ${tested} 条，失败用例 ${failed} 个，没有用例的规则 ${untested} 条。`,
  },
};
