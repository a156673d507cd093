/** Sigma's levels, the least first. */
export const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const;
/** One of Sigma’s levels. */
export type Level = (typeof LEVELS)[number];

/** OCSF `severity_id` of a level: 1 informational … 5 critical. */
export function severityOf(level: Level): number {
  return LEVELS.indexOf(level) + 1;
}

/** The level of an OCSF `severity_id`; unknown (0) counts as informational, fatal (6) as critical. */
export function levelOf(severityId: number): Level {
  return LEVELS[Math.min(Math.max(severityId, 1), 5) - 1]!;
}

/** Whether a text is one of Sigma's levels. */
export function isLevel(text: string): text is Level {
  return (LEVELS as readonly string[]).includes(text);
}
