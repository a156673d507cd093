import type { LogsourceCondition } from '@yuheng/engine';
import type { Given, LogSource } from '@yuheng/sigma';
import { logsourceMap } from '../../hunt/setup.ts';

/**
 * What records say of themselves by which they answer a log source (channel and event id, say), one entry for each kind of record.
 * Undefined where nothing here reads them. Records in a schema of their own do not use the rule's names, and are left out.
 */
export function givenBy(logsource: LogSource): readonly Given[] | undefined {
  const halves = logsourceMap
    .alternatives(logsource)
    .map((entries) => entries.flatMap(({ where }) => where).filter(({ table }) => table === undefined));
  let kinds: readonly Given[] = [{}];
  for (const half of halves) {
    const own = half.map(said);
    kinds = kinds.flatMap((kind) => own.map((other) => joined(kind, other)).filter((both) => both !== undefined));
  }
  return kinds.length > 0 ? kinds : undefined;
}

function said({ fields = {} }: LogsourceCondition): Given {
  const named = Object.entries(fields).filter(([, values]) => !values.includes(null));
  return Object.fromEntries(named.map(([field, values]) => [field, values.map(String)]));
}

/** What a record says that is of both kinds; undefined where there is none. */
function joined(one: Given, other: Given): Given | undefined {
  const shared = Object.entries(other).map(([field, values]): [string, readonly string[]] => {
    const known = one[field];
    return [field, known ? values.filter((value) => known.includes(value)) : values];
  });
  return shared.some(([, values]) => values.length === 0) ? undefined : { ...one, ...Object.fromEntries(shared) };
}
