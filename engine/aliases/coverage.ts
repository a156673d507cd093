import { comparisonsOf, type CompiledRule } from '@yuheng/sigma';
import type { LogsourceCondition } from '../capability.ts';
import type { LogsourceMap } from '../logsource.ts';
import { lackOf, type Lack } from './lack.ts';

/** Whether a source that is written in a schema of its own can answer a rule. */
export interface Coverage {
  readonly rule: CompiledRule;
  /** What is missing; `kind`: the schema has no kind of event for the rule's log source. Absent where the rule is answered without loss. */
  readonly lack?: Lack | { readonly why: 'kind'; readonly what: readonly string[] };
}

/** Which rules the records of a source answer. */
export function coverageOf(
  rules: readonly CompiledRule[],
  logsources: LogsourceMap,
  source: string,
): readonly Coverage[] {
  return rules.map((rule) => {
    const halves = logsources
      .alternatives(rule.rule.logsource)
      .map((entries) => entries.flatMap(({ where }) => where).filter((each) => each.source?.includes(source)));
    if (halves.some((conditions) => conditions.length === 0)) return { rule, lack: { why: 'kind', what: [] } };
    const lack = lackOver(rule, halves.flat());
    return lack ? { rule, lack } : { rule };
  });
}

/** What is missing for a rule over all records that its log source may mean. */
function lackOver(rule: CompiledRule, conditions: readonly LogsourceCondition[]): Lack | undefined {
  const tables = [...new Set(conditions.flatMap(({ table }) => table ?? []))];
  const lacks = tables.flatMap((table) => lackOf(rule, table) ?? []);
  if (lacks.length === 0 || asksForKnownKinds(rule, conditions)) return undefined;
  return lacks.reduce((least, lack) => (lack.what.length < least.what.length ? lack : least));
}

/** Whether all values that the rule asks of a deciding field (event ids) belong to kinds of records whose tables answer it. */
function asksForKnownKinds(rule: CompiledRule, conditions: readonly LogsourceCondition[]): boolean {
  const answering = conditions.filter(({ table }) => table && !lackOf(rule, table));
  return comparisonsOf(rule).some(({ field, equals = [] }) => {
    const known = answering.flatMap(({ table, fields }) => fields?.[table?.answerOf(field ?? '')?.from ?? ''] ?? []);
    return equals.length > 0 && equals.every((value) => known.map(String).includes(value));
  });
}
