import type { IncidentFinding } from '../incident.ts';

/** Characters kept of an incident's words; its commonest entities come first. */
export const MAX_WORDS = 20_000;

/** The text by which an incident is found: its titles and what it names, in lower case. */
export function incidentWords({ unmapped: { titles, entities } }: IncidentFinding): string {
  const words = [...Object.values(titles), ...entities.map(({ value }) => value)].join('\n');
  // PostgreSQL keeps no NUL.
  return words.replaceAll('\0', '').toLowerCase().slice(0, MAX_WORDS);
}
