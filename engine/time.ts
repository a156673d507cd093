import { plainText } from './plain-text.ts';

/** A moment of event time: whole milliseconds since 1970 and the nanoseconds (0–999,999) below them. */
export interface Instant {
  readonly ms: number;
  readonly ns: number;
}

/** Earlier is negative, later positive, the same moment 0. */
export function compareInstants(a: Instant, b: Instant): number {
  return a.ms - b.ms || a.ns - b.ns;
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i;

/** An instant together with what had to be assumed to get it. */
export interface ReadTime {
  readonly time: Instant;
  /** The text named no zone; the offset given to the reader was used. */
  readonly zoneAssumed: boolean;
}

/**
 * Reads ISO 8601 / RFC 3339 with `T` or a blank, up to nine decimals.
 * `offsetMinutes` counts for texts without a zone. `undefined` when it is no such time, or one that cannot be (31 February).
 */
export function readIsoTime(text: string, offsetMinutes = 0): ReadTime | undefined {
  const parts = ISO.exec(text);
  if (!parts) return undefined;
  const local = utcMilliseconds(+parts[1]!, +parts[2]!, +parts[3]!, +parts[4]!, +parts[5]!, +(parts[6] ?? 0));
  if (local === undefined) return undefined;
  const fraction = parts[7] ?? '';
  const nanoseconds = Number(fraction) * 10 ** (9 - fraction.length);
  const zone = parts[8];
  const offset = zone === undefined ? offsetMinutes : zoneMinutes(zone);
  const ms = local - offset * 60_000 + Math.floor(nanoseconds / 1e6);
  return { time: { ms, ns: nanoseconds % 1e6 }, zoneAssumed: zone === undefined };
}

/** Calendar fields (month 1–12) to milliseconds since 1970 in UTC; `undefined` when there is no such day or time. 60 is a leap second. */
export function utcMilliseconds(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60) return undefined;
  if (day > daysOf(month, year)) return undefined;
  // `Date.UTC` takes the years before 100 for others.
  return Date.UTC(year + CYCLE, month - 1, day, hour, minute, second) - CYCLE_MS;
}

/** The calendar comes again after so many years. */
const CYCLE = 400;
const CYCLE_MS = 146_097 * 86_400_000;

function daysOf(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** `Z`, `UTC`, `+08`, `+0800`, `+08:00` to minutes east of UTC. */
export function zoneMinutes(zone: string): number {
  const parts = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!parts) return 0;
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  return parts[1] === '-' ? -minutes : minutes;
}

/** Seconds since 1970 as text or number (`1692374165.735188`), read without losing digits. */
export function readEpochSeconds(value: string | number): Instant | undefined {
  const parts = /^(-?)(\d{1,12})(?:\.(\d{1,9})\d*)?$/.exec(plainText(value));
  if (!parts || parts[1]) return undefined;
  const nanoseconds = Number((parts[3] ?? '').padEnd(9, '0'));
  return { ms: Number(parts[2]) * 1000 + Math.floor(nanoseconds / 1e6), ns: nanoseconds % 1e6 };
}

/** `2020-01-02T03:04:05.123456700Z`: what people and other programs read, at full resolution where there is one. */
export function formatInstant(time: Instant): string {
  const iso = new Date(time.ms).toISOString();
  if (time.ns === 0) return iso;
  const digits = String(time.ns).padStart(6, '0').replace(/0+$/, '');
  return `${iso.slice(0, -1)}${digits}Z`;
}
