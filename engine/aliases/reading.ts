import type { LogsourceCondition } from '../capability.ts';
import type { FieldTable } from './field-table.ts';

/** Rule field → this source's field. */
export type Aliases = { readonly [field: string]: string };

/** How rules about a log source read the records that answer it. */
export interface Reading {
  /** Equal for rules that read alike. */
  readonly key: string;
  /** Other names for the source's own fields. */
  readonly aliases: Aliases;
  /** Where set, nothing but this is read. */
  readonly table?: FieldTable;
}

/** Reads by a record's own names alone. */
export const OWN_NAMES: Reading = { key: '{}', aliases: {} };

/** How the conditions that a record fulfils have it read; later ones win. */
export function readingOf(answers: readonly LogsourceCondition[]): Reading {
  const aliases = Object.assign({}, ...answers.map((answer) => answer.aliases)) as Aliases;
  const table = answers.findLast((answer) => answer.table !== undefined)?.table;
  const key = JSON.stringify(aliases);
  return key === OWN_NAMES.key && !table
    ? OWN_NAMES
    : { key: `${key}${table?.id ?? ''}`, aliases, ...(table ? { table } : {}) };
}
