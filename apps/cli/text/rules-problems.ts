import type { Language } from '@yuheng/engine';
import type { SigmaProblem } from '@yuheng/sigma';

const SEVERITIES: { readonly [language in Language]: { readonly [severity in SigmaProblem['severity']]: string } } = {
  en: { error: 'error', warning: 'warning' },
  'zh-CN': { error: '错误', warning: '警告' },
};

/** A problem as one line: where, how grave, what, why and what to do. */
export function problemLine(problem: SigmaProblem, language: Language): string {
  const { file, line, severity, code, what, why, fix } = problem;
  const place = `${file}${line === undefined ? '' : `:${line}`}`;
  return `${place}: ${SEVERITIES[language][severity]} ${code}: ${what}: ${why} → ${fix}`;
}
