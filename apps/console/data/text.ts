/** A moment in the viewer's zone: `2026-03-01 10:05:00`. */
export function timeText(ms: number): string {
  const at = new Date(ms);
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${date} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
}

/** The same moment in UTC, for who compares with a log. */
export function utcText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The viewer's zone at a moment: `UTC+8`, `UTC`. */
export function zoneText(ms: number): string {
  const minutes = -new Date(ms).getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest ? `:${two(rest)}` : ''}`;
}

/** A number with its thousands apart. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** The levels by OCSF's `severity_id`. */
export function levelOf(severityId: number): string {
  return ['informational', 'informational', 'low', 'medium', 'high', 'critical'][severityId] ?? 'critical';
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}
