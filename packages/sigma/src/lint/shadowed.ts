import type { CompiledRule, Level, SigmaRule } from '../types.ts';
import type { KnownRule, LintFinding } from './finding.ts';
import { wayImplies } from './implication.ts';
import type { Way } from './ways.ts';

/** Ways of a rule that are compared with those of other rules, at most. */
const MAX_SHADOWING = 16;

const LEVELS: readonly Level[] = ['informational', 'low', 'medium', 'high', 'critical'];

/**
 * Rules that find nothing that another of their log source, or of a wider one, does not find at least as gravely. A rule that
 * ranks above the one that covers it says something of its own.
 */
export function shadowed(rules: readonly KnownRule[]): LintFinding[] {
  const known = rules.filter(({ ways }) => ways.length > 0 && ways.length <= MAX_SHADOWING);
  return known.flatMap((rule, index) => {
    const by = known.find((other, at) => {
      if (at === index || rank(other) < rank(rule) || !isCovered(rule, other)) return false;
      // Of two that say the same the first stays.
      return rank(other) > rank(rule) || !isCovered(other, rule) || at < index;
    });
    if (!by) return [];
    const { title, uid } = by.compiled.rule;
    return [
      {
        rule: rule.compiled.rule,
        path: ['title'],
        severity: 'warning',
        code: 'lint.shadowed',
        what: 'another rule finds whatever it finds',
        why: `"${title}" (${uid})`,
        fix: advice(rule, by),
      },
    ];
  });
}

function rank({ compiled }: KnownRule): number {
  return LEVELS.indexOf(compiled.rule.level);
}

function isCovered(narrow: KnownRule, wide: KnownRule): boolean {
  return isWithin(narrow.compiled, wide.compiled) && allImply(narrow.ways, wide.ways);
}

/** Tags that say of what kind a rule is, not what it finds. */
const KIND_OF_RULE = 'detection.';

/** A rule whose tags say more than those of the other is worth keeping: a campaign, say, where the other knows a technique. */
function advice(narrow: KnownRule, wide: KnownRule): string {
  if (isCovered(wide, narrow)) return 'remove one of the two';
  const known = new Set(wide.compiled.rule.tags);
  const more = narrow.compiled.rule.tags.filter((tag) => !known.has(tag) && !tag.startsWith(KIND_OF_RULE));
  if (more.length === 0) return 'remove it, or let the other rule leave out what it finds';
  return `keep it for what only it says (${more.join(', ')}), and let the other rule leave out what it finds`;
}

function allImply(narrow: readonly Way[], wide: readonly Way[]): boolean {
  return narrow.every((way) => wide.some((other) => wayImplies(way, other)));
}

function isWithin({ rule: narrow }: CompiledRule, { rule: wide }: CompiledRule): boolean {
  const keys: readonly (keyof SigmaRule['logsource'])[] = ['category', 'product', 'service'];
  return keys.every((key) => wide.logsource[key] === undefined || wide.logsource[key] === narrow.logsource[key]);
}
