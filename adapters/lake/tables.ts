import { quoted } from './sql-text.ts';

/** Tables as they are stored. A user's SQL never names them: it sees the views of one tenant below. */
export const STORED = { events: 'stored_events', findings: 'stored_findings', incidents: 'stored_incidents' } as const;

/** What a user's SQL may read. */
export type TableName = keyof typeof STORED;

const FINDING_COLUMNS = ['time', 'tenant', 'uid', 'severity_id', 'title', 'rule', 'body', 'revision'] as const;

/** Columns that a user's SQL sees, in the order of `SELECT *`. */
export const COLUMNS: { readonly [table in TableName]: readonly string[] } = {
  events: [
    ...[
      'time',
      'time_ns',
      'tenant',
      'uid',
      'class_uid',
      'severity_id',
      'source',
      'file',
      'record',
      'records',
      'host',
      'user',
    ],
    ...['address', 'unparsed', 'time_suspect', 'received', 'batch', 'position', 'raw_data', 'event'],
  ],
  findings: FINDING_COLUMNS,
  incidents: FINDING_COLUMNS,
};

/**
 * The tables of one tenant as WITH elements: the only place at which the lake learns whose rows are asked for. Of findings and incidents the
 * newest revision, and only where it is not retracted. PREWHERE, for what stands there is done before a condition of the user's is even looked
 * at: in a common WHERE, `toUInt64(raw_data) > 0` would tell in its error what stands in another tenant's row.
 */
export function tenantTables(tenant: string): string {
  const view = (table: TableName, newest: string, where: string): string =>
    `${table} AS (SELECT ${COLUMNS[table].join(', ')} FROM ${STORED[table]}${newest} PREWHERE tenant = ${quoted(tenant)}${where})`;
  return [
    view('events', '', ''),
    view('findings', ' FINAL', ' WHERE NOT retracted'),
    view('incidents', ' FINAL', ' WHERE NOT retracted'),
  ].join(',\n');
}
