import { writeAscii, writePadded } from './digits.ts';

/** A FILETIME counts 100 ns since 1601; this many make a millisecond. */
const STEPS_PER_MS = 10_000;
/** 2^32 steps in whole milliseconds, and the steps left over: keeps the arithmetic within 2^53. */
const MS_PER_HIGH = 429_496;
const STEPS_PER_HIGH = 7_296;

const MS_PER_DAY = 86_400_000;

/** `YYYY-MM-DDTHH:MM:SS.mmmZ`: years past 9999, which have a sign and six digits in front, keep their last four. */
const ISO_LENGTH = 24;

/** A FILETIME that is negative as a signed number; Windows cannot turn it into a date. */
const INVALID_FILE_TIME = '0000-00-00T00:00:00.0000000Z';
const ZERO_TIME = '1601-01-01T00:00:00.0000000Z';

/**
 * Writes the FILETIME `high:low` (100 ns steps since 1601, UTC) as `2020-01-01T00:00:00.1234567Z`, and gives where it
 * stopped. Years past 9999 keep their last four digits, as Windows shows them.
 */
export function writeFileTime(high: number, low: number, out: Uint8Array, at: number): number {
  if (high >= 0x8000_0000) return writeAscii(INVALID_FILE_TIME, out, at);
  const rest = high * STEPS_PER_HIGH + low;
  const restMs = Math.floor(rest / STEPS_PER_MS);
  const ms = high * MS_PER_HIGH + restMs;
  const day = Math.floor(ms / MS_PER_DAY);
  const inDay = ms - day * MS_PER_DAY;
  const seconds = Math.floor(inDay / 1000);
  const minutes = Math.floor(seconds / 60);
  let place = writeDate(day, out, at);
  out[place++] = 0x54;
  place = writePadded(Math.floor(minutes / 60), 2, out, place);
  out[place++] = 0x3a;
  place = writePadded(minutes % 60, 2, out, place);
  out[place++] = 0x3a;
  place = writePadded(seconds % 60, 2, out, place);
  out[place++] = 0x2e;
  place = writePadded((inDay % 1000) * STEPS_PER_MS + (rest - restMs * STEPS_PER_MS), 7, out, place);
  out[place++] = 0x5a;
  return place;
}

/** Days from 0000-03-01, where a cycle of 400 years begins, to 1601-01-01. */
const DAYS_TO_1601 = 584_694;
const DAYS_PER_CYCLE = 146_097;

/** The date `day` days after 1601-01-01, in the Gregorian calendar. Years begin in March here, so that leap days end them. */
function writeDate(day: number, out: Uint8Array, at: number): number {
  const days = day + DAYS_TO_1601;
  const cycle = Math.floor(days / DAYS_PER_CYCLE);
  const inCycle = days - cycle * DAYS_PER_CYCLE;
  const leaps = Math.floor(inCycle / 1460) - Math.floor(inCycle / 36_524) + Math.floor(inCycle / 146_096);
  const yearInCycle = Math.floor((inCycle - leaps) / 365);
  const inYear = inCycle - (365 * yearInCycle + Math.floor(yearInCycle / 4) - Math.floor(yearInCycle / 100));
  const month = Math.floor((5 * inYear + 2) / 153);
  const year = cycle * 400 + yearInCycle + (month < 10 ? 0 : 1);
  let place = writePadded(year, 4, out, at);
  out[place++] = 0x2d;
  place = writePadded(month < 10 ? month + 3 : month - 9, 2, out, place);
  out[place++] = 0x2d;
  return writePadded(inYear - Math.floor((153 * month + 2) / 5) + 1, 2, out, place);
}

/** The text of the 16-byte SYSTEMTIME at `start`; one that is no date gives the zero of FILETIME, as Windows shows it. */
export function systemTimeText(view: DataView, start: number): string {
  const field = (index: number): number => view.getUint16(start + index * 2, true);
  const [year, month, day, hour, minute, second] = [field(0), field(1), field(3), field(4), field(5), field(6)];
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second, field(7)));
  const dateHolds = time.getUTCMonth() === month - 1 && time.getUTCDate() === day;
  const timeHolds = hour < 24 && minute < 60 && second < 60 && field(7) < 1000;
  return year >= 1601 && dateHolds && timeHolds ? `${time.toISOString().slice(-ISO_LENGTH, -1)}0000Z` : ZERO_TIME;
}
