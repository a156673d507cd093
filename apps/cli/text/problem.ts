import type { SigmaProblem } from '@yuheng/sigma';

/** The file of a problem, and the line where it is known. */
export function placeText({ file, line }: Pick<SigmaProblem, 'file' | 'line'>): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** What is wrong, why, and what to do. */
export function problemText({ what, why, fix }: Pick<SigmaProblem, 'what' | 'why' | 'fix'>): string {
  return `${what}: ${why} → ${fix}`;
}
