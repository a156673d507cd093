import type { CompiledRule, RuleSet, SigmaFilter } from '@yuheng/sigma';

/** A filter that tunes a rule. */
export type AppliedFilter = Pick<SigmaFilter, 'uid' | 'title' | 'conditions'>;

/** The filters that tune some rules. */
export function appliedFilters(rules: readonly CompiledRule[], { filters }: RuleSet): readonly AppliedFilter[] {
  const applied = new Set(rules.flatMap((rule) => rule.filters));
  return filters
    .filter(({ uid }) => applied.has(uid))
    .map(({ uid, title, conditions }) => ({ uid, title, conditions }));
}
