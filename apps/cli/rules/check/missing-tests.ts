import { existsSync } from 'node:fs';
import type { SigmaProblem } from '@yuheng/sigma';

/** Rule files without cases beside them. */
export function missingTests(files: readonly string[]): SigmaProblem[] {
  return files
    .filter((file) => !existsSync(casesOf(file)))
    .map((file) => ({
      file,
      severity: 'warning',
      code: 'tests.missing',
      what: 'the rule has no cases beside it',
      why: 'nothing says what it must and must not match',
      fix: `write ${casesOf(file)} with "match" and "miss"`,
    }));
}

/** The file of a rule's cases. */
export function casesOf(file: string): string {
  return file.replace(/\.ya?ml$/, '.test.yml');
}
