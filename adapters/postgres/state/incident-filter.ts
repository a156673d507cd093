import type { IncidentFilter } from '@yuheng/engine';
import type { Database } from '../database.ts';

/** What a filter says, as further conditions on rows of `incident`. */
export function filterCondition(sql: Database, { status, severityId, text }: IncidentFilter) {
  const only = status === undefined ? sql`` : sql`and status = ${status}`;
  const severe = severityId === undefined ? sql`` : sql`and severity_id >= ${severityId}`;
  const saying = text === undefined ? sql`` : sql`and position(${text.toLowerCase()} in words) > 0`;
  return sql`${only} ${severe} ${saying}`;
}
