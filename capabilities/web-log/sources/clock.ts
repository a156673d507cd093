import { utcMilliseconds, zoneMinutes, type Instant } from '@yuheng/engine';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 1–12 for an English month of three letters, 0 for none. */
export function monthNumber(name: string): number {
  return MONTHS.indexOf(name) + 1;
}

const COMMON_LOG_TIME = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))? ([+-]\d{4})$/;

/** `10/Oct/2000:13:55:36 -0700`, as the Common Log Format writes times; decimals of a second as some servers add them. */
export function readCommonLogTime(text: string): Instant | undefined {
  const parts = COMMON_LOG_TIME.exec(text);
  if (!parts) return undefined;
  const [, day, month, year, hour, minute, second, fraction = '', zone] = parts;
  const local = utcMilliseconds(+year!, monthNumber(month!), +day!, +hour!, +minute!, +second!);
  return local === undefined ? undefined : withFraction(local - zoneMinutes(zone!) * 60_000, fraction);
}

/** Whole milliseconds and up to nine decimals of the second. */
export function withFraction(ms: number, fraction: string): Instant {
  const nanoseconds = Number(fraction.padEnd(9, '0'));
  return { ms: ms + Math.floor(nanoseconds / 1e6), ns: nanoseconds % 1e6 };
}
