/** RFC 5424 section 6.2.1, table 1: facilities by number, as syslog.conf writes them. */
const FACILITIES = [
  'kern',
  'user',
  'mail',
  'daemon',
  'auth',
  'syslog',
  'lpr',
  'news',
  'uucp',
  'cron',
  'authpriv',
  'ftp',
  'ntp',
  'audit',
  'alert',
  'clock',
  'local0',
  'local1',
  'local2',
  'local3',
  'local4',
  'local5',
  'local6',
  'local7',
] as const;

/** RFC 5424 section 6.2.1, table 2. */
const SEVERITIES = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'] as const;

/** Facility and severity of a PRI value (facility × 8 + severity) by name; nothing where there is no such value. */
export function priorityNames(priority: number): { readonly facility?: string; readonly severity?: string } {
  const facility = FACILITIES[priority >> 3];
  const severity = SEVERITIES[priority & 7];
  return facility === undefined || severity === undefined ? {} : { facility, severity };
}

/** The name of a syslog severity number (0 emerg … 7 debug); `undefined` when there is none. */
export function severityName(number: number): string | undefined {
  return SEVERITIES[number];
}

/** The name of a syslog facility number (0–23); `undefined` when there is none. */
export function facilityName(number: number): string | undefined {
  return FACILITIES[number];
}

/** The number of a syslog severity name, 0 the worst; -1 when it is none. */
export function severityNumber(name: string): number {
  return (SEVERITIES as readonly string[]).indexOf(name);
}
