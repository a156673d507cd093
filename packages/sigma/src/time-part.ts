/** The time modifiers (modifiers appendix, "Time Modifiers"). */
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** The values that a part can take. */
export const TIME_PART_RANGE: Readonly<Record<TimePart, readonly [number, number]>> = {
  minute: [0, 59],
  hour: [0, 23],
  day: [1, 31],
  week: [1, 53],
  month: [1, 12],
  year: [0, 9999],
};

/** ISO 8601, also with a small `t` (RFC 3339) and with the slashes that many logs write. */
const ISO_TIME = /^(\d{4})([-/])(\d{2})\2(\d{2})(?:[Tt ](\d{2}):(\d{2})|$)/;
const DAY_MS = 86_400_000;

/**
 * Reads a part of an ISO 8601 date or time as it is written: no zone is applied and no other format is known, for the
 * specification asks for neither. Weeks are those of ISO 8601. `undefined` when the text holds no such part.
 */
export function readTimePart(text: string, part: TimePart): number | undefined {
  const match = ISO_TIME.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[3]), Number(match[4])];
  const midnight = new Date(Date.UTC(year, month - 1, day));
  // Years below 100 are taken for 19xx by Date.UTC.
  midnight.setUTCFullYear(year, month - 1, day);
  if (midnight.getUTCMonth() !== month - 1) return undefined;
  switch (part) {
    case 'year':
      return year;
    case 'month':
      return month;
    case 'day':
      return day;
    case 'week':
      return isoWeek(midnight);
    case 'hour':
      return inRange('hour', match[5]);
    case 'minute':
      return inRange('minute', match[6]);
  }
}

function inRange(part: 'hour' | 'minute', digits: string | undefined): number | undefined {
  return digits !== undefined && Number(digits) <= TIME_PART_RANGE[part][1] ? Number(digits) : undefined;
}

function isoWeek(day: Date): number {
  const thursday = new Date(day.getTime());
  thursday.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const newYear = new Date(thursday.getTime());
  newYear.setUTCMonth(0, 1);
  return Math.floor((thursday.getTime() - newYear.getTime()) / DAY_MS / 7) + 1;
}
