import { z } from 'zod';

const UNIT_MS: { readonly [unit: string]: number } = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** The longest that is taken, ms: a week. */
const MOST_MS = 7 * 86_400_000;

/** `30s`, `10m`, `1h`, `7d` as milliseconds; `off` as `undefined`. */
export const durationOrOff = z.string().transform((text, context) => {
  if (text === 'off') return undefined;
  const parts = /^([1-9]\d{0,6})([smhd])$/.exec(text);
  const ms = parts ? Number(parts[1]) * UNIT_MS[parts[2]!]! : 0;
  if (ms > 0 && ms <= MOST_MS) return ms;
  context.addIssue('expected off, or a time like 30s, 10m, 1h or 7d, at most 7d');
  return z.NEVER;
});
