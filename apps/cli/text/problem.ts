import type { Language } from '@yuheng/engine';
import type { SigmaProblem } from '@yuheng/sigma';
import { CHECK_SENTENCES } from './chinese-checks.ts';
import { CORRELATION_SENTENCES } from './chinese-correlations.ts';
import { REFUSAL_SENTENCES } from './chinese-refusals.ts';
import { RULE_SENTENCES } from './chinese-rules.ts';

const SEVERITIES: { readonly [language in Language]: { readonly [severity in SigmaProblem['severity']]: string } } = {
  en: { error: 'error', warning: 'warning' },
  'zh-CN': { error: '错误', warning: '警告' },
};

/** A problem as one line: where, how grave, what, why and what to do. */
export function problemLine(problem: SigmaProblem, language: Language): string {
  return `${placeText(problem)}: ${SEVERITIES[language][problem.severity]} ${problem.code}: ${problemText(problem, language)}`;
}

/** The file of a problem, and the line where it is known. */
export function placeText({ file, line }: Pick<SigmaProblem, 'file' | 'line'>): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** What is wrong, why, and what to do. Sentences of the libraries behind (YAML, regular expressions) stay English. */
export function problemText(
  { what, why, fix }: Pick<SigmaProblem, 'what' | 'why' | 'fix'>,
  language: Language,
): string {
  if (language === 'en') return `${what}: ${why} → ${fix}`;
  return `${inChinese(what)}：${inChinese(why)} → ${inChinese(fix)}`;
}

const SENTENCES = [...RULE_SENTENCES, ...CORRELATION_SENTENCES, ...CHECK_SENTENCES, ...REFUSAL_SENTENCES];
const PLAIN: ReadonlyMap<string, string> = new Map(SENTENCES);
/** Those with the most words of their own come first: the others fit them too. */
const PATTERNS = SENTENCES.filter(([english]) => english.includes('{}'))
  .sort(([one], [other]) => other.length - one.length)
  .map(([english, chinese]) => ({ pattern: patternOf(english), chinese }));

function patternOf(english: string): RegExp {
  const parts = english.split('{}').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('(.*?)')}$`, 's');
}

/** Longer sentences stay English: a rule may hold anything, and looking for what it says takes time. */
const MAX_LENGTH = 1_000;

/** A sentence in Chinese with what the English one says of the rule or record; the English one where there is none. */
export function inChinese(sentence: string): string {
  const plain = PLAIN.get(sentence);
  if (plain !== undefined) return plain;
  if (sentence.length > MAX_LENGTH) return sentence;
  for (const { pattern, chinese } of PATTERNS) {
    const found = pattern.exec(sentence);
    if (!found) continue;
    let slot = 0;
    return chinese.replace(/\{\}/g, () => found[++slot] ?? '');
  }
  return sentence;
}
