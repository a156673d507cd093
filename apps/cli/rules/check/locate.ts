import type { RulePlaces, SigmaMetadata, SigmaProblem } from '@yuheng/sigma';

/** Says which rule a problem is about, in which file and line: where the rule says what stands at a path. */
export type Locate = (
  rule: SigmaMetadata,
  path: readonly (string | number)[],
) => Pick<SigmaProblem, 'file' | 'line' | 'rule'>;

/** Locates by the files that the rules were loaded from. */
export function locateBy(places: RulePlaces): Locate {
  return (rule, path) => {
    const line = places.lineOf(rule, path);
    return { file: rule.file, rule: rule.id ?? rule.title, ...(line === undefined ? {} : { line }) };
  };
}
