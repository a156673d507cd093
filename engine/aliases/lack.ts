import { comparisonsOf, type CompiledRule, type SigmaEvent } from '@yuheng/sigma';
import type { FieldTable } from './field-table.ts';

/**
 * Why a rule is not asked of records that a table reads:
 *
 * - `text` – it searches the whole text of a record, which is another text here;
 * - `field` – the table has no answer for a field;
 * - `reference` – it compares two fields, of which each may be lost;
 * - `value` – it tells apart what comes out alike here (a field that is empty from one that is absent).
 */
export interface Lack {
  readonly why: 'text' | 'field' | 'reference' | 'value';
  /** The fields without an answer, or the keys of the comparisons. */
  readonly what: readonly string[];
}

/** Found once for a rule and table: the same rules are planned for many kinds of records. */
const found = new WeakMap<CompiledRule, Map<FieldTable, Lack | undefined>>();

/** What keeps a rule from the same answer over such records as over its own source's; `undefined` where nothing does. */
export function lackOf(rule: CompiledRule, table: FieldTable): Lack | undefined {
  let byTable = found.get(rule);
  if (!byTable) found.set(rule, (byTable = new Map()));
  if (!byTable.has(table)) byTable.set(table, findLack(rule, table));
  return byTable.get(table);
}

function findLack(rule: CompiledRule, table: FieldTable): Lack | undefined {
  if (rule.readsText) return { why: 'text', what: [] };
  const missing = rule.fields.filter((field) => !table.answerOf(field));
  if (missing.length > 0) return { why: 'field', what: missing };
  const comparisons = comparisonsOf(rule);
  const references = comparisons.filter(({ otherFields }) => otherFields.length > 0);
  if (references.length > 0) return { why: 'reference', what: references.map(({ key }) => key) };
  const lost = comparisons.filter(({ field, holds }) => {
    const absent = holds(holding(field!, undefined));
    return table.answerOf(field!)!.loses.some((text) => holds(holding(field!, text)) !== absent);
  });
  return lost.length > 0 ? { why: 'value', what: lost.map(({ key }) => key) } : undefined;
}

function holding(field: string, text: string | undefined): SigmaEvent {
  return { field: (name) => (name === field ? text : undefined), texts: () => [] };
}
