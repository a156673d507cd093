import { comparisonsOf, type CompiledRule, type SigmaProblem } from '@yuheng/sigma';
import type { FieldLists } from './field-lists.ts';
import type { Locate } from './locate.ts';
import { nearest } from './nearest.ts';

/** Fields of a rule that records of its log source do not have. */
export function fieldProblems(compiled: CompiledRule, lists: FieldLists, locate: Locate): SigmaProblem[] {
  const { rule, fields } = compiled;
  const known = lists(rule.logsource);
  if (!known) return [];
  return fields
    .filter((field) => !known.has(field))
    .map((field) => {
      const meant = alike(field, known) ?? nearest(field, known);
      const by = comparisonsOf(compiled).find((each) => each.field === field || each.otherFields.includes(field));
      return {
        ...locate(rule, by ? ['detection', by.selection, by.key] : ['detection']),
        severity: 'warning',
        code: 'field.unknown',
        what: `records of this log source are not known to have the field "${field}"`,
        why: 'what asks for a field that is not there never holds',
        fix: meant === undefined ? 'correct the field or the log source' : `write "${meant}"`,
      };
    });
}

/** The known field that differs in case or punctuation only. */
function alike(field: string, known: ReadonlySet<string>): string | undefined {
  const bare = (name: string): string => name.replace(/[^a-z0-9]/gi, '').toLowerCase();
  return [...known].find((name) => bare(name) === bare(field));
}
