const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether a text is `UTC`, `+08:00` or an IANA name (`Asia/Shanghai`). */
export function isZone(zone: string): boolean {
  // Asking for a calendar costs 20 ms: not for the zone that nearly everybody has.
  if (zone === UTC || FIXED.test(zone)) return true;
  try {
    return Boolean(format(zone));
  } catch {
    return false;
  }
}

const UTC = 'UTC';
const FIXED = /^([+-])(\d{2}):?(\d{2})$/;

/** A function from local time (ms, as if it were UTC) to minutes east of UTC in that zone. */
export function zoneOffset(zone: string): (localMs: number) => number {
  const fixed = FIXED.exec(zone);
  if (zone === UTC) return () => 0;
  if (fixed) {
    const minutes = (Number(fixed[2]) * 60 + Number(fixed[3])) * (fixed[1] === '-' ? -1 : 1);
    return () => minutes;
  }
  // Twice, because the first guess may lie on the other side of a change to summer time.
  return (localMs) => offsetAt(zone, localMs - offsetAt(zone, localMs) * 60_000);
}

function offsetAt(zone: string, utcMs: number): number {
  const parts = new Map(
    format(zone)
      .formatToParts(utcMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return Math.round((local - Math.floor(utcMs / 1000) * 1000) / 60_000);
}

function format(zone: string): Intl.DateTimeFormat {
  let made = formats.get(zone);
  if (!made) {
    made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, made);
  }
  return made;
}
