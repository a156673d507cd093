import type { SigmaProblem } from '@yuheng/sigma';
import { casesOf, readCases, type RulePack } from '../pack.ts';

/** What is wrong with the cases of files that hold rules: none, or such that cannot be used. */
export function caseProblems(pack: RulePack, files: Iterable<string>): SigmaProblem[] {
  return [...new Set(files)].flatMap((file) => {
    const beside = pack.cases.get(file);
    const cases = beside && readCases(beside);
    if (cases === undefined || ('match' in cases && cases.match.length + cases.miss.length === 0))
      return [missing(file)];
    return 'match' in cases ? [] : cases;
  });
}

function missing(file: string): SigmaProblem {
  return {
    file,
    severity: 'warning',
    code: 'tests.missing',
    what: 'the rule has no cases beside it',
    why: 'nothing says what it must and must not match',
    fix: `write ${casesOf(file)} with "match" and "miss"`,
  };
}
