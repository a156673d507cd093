import { readIsoTime, utcMilliseconds, type Instant, type ParseContext, type TimeAssumption } from '@yuheng/engine';

/** When a line was written, and what had to be assumed for it; `undefined` when there is no such time. */
export interface SyslogTime {
  readonly time: Instant;
  readonly assumed: readonly TimeAssumption[];
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const BSD = /^([A-Z][a-z]{2}) +(\d{1,2}) (?:(\d{4}) )?(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?$/;

/** Reads a line's time. Year and zone come from the context where the line lacks them. */
export function readSyslogTime(timestamp: string, context: ParseContext): SyslogTime | undefined {
  if (timestamp === '-') return { time: { ms: 0, ns: 0 }, assumed: ['missing'] };
  const bsd = BSD.exec(timestamp);
  if (!bsd) return readIso(timestamp, context);
  const month = MONTHS.indexOf(bsd[1]!) + 1;
  if (month === 0) return undefined;
  const year = bsd[3] === undefined ? context.years.next(month) : Number(bsd[3]);
  const local = utcMilliseconds(year, month, Number(bsd[2]), Number(bsd[4]), Number(bsd[5]), Number(bsd[6]));
  if (local === undefined) return undefined;
  const nanoseconds = Number((bsd[7] ?? '').padEnd(9, '0'));
  const ms = local - context.offsetMinutes(local) * 60_000 + Math.floor(nanoseconds / 1e6);
  return { time: { ms, ns: nanoseconds % 1e6 }, assumed: bsd[3] === undefined ? ['year', 'zone'] : ['zone'] };
}

function readIso(timestamp: string, context: ParseContext): SyslogTime | undefined {
  const read = readIsoTime(timestamp);
  if (!read) return undefined;
  if (!read.zoneAssumed) return { time: read.time, assumed: [] };
  const { ms, ns } = read.time;
  return { time: { ms: ms - context.offsetMinutes(ms) * 60_000, ns }, assumed: ['zone'] };
}
