import { parseDecimal } from '../decimal.ts';
import { scalarText } from '../reader.ts';

/** The least step between doubles is 2^-1074: every double is a whole number of these. */
const SCALE = 1_074n;

/**
 * A finite double as a whole number of 2^-1074. Sums of these are exact, so that the sum of a window does not depend
 * on how it was arrived at.
 */
export function toExact(value: number): bigint {
  if (Number.isInteger(value)) return BigInt(value) << SCALE;
  // Halves of halves of … are exact; at most 1,074 of them make any double whole.
  let shift = 0n;
  let whole = value;
  while (!Number.isInteger(whole)) {
    whole *= 2;
    shift++;
  }
  return BigInt(whole) << (SCALE - shift);
}

/** The exact number that a value holds, as a number or as the text of one; `undefined` for anything else. */
export function exactNumber(value: unknown): bigint | undefined {
  const text = scalarText(value);
  const decimal = text === undefined ? undefined : parseDecimal(text);
  if (!decimal || !Number.isFinite(decimal.value)) return undefined;
  return decimal.exact === undefined ? toExact(decimal.value) : decimal.exact << SCALE;
}

/** Bits behind the point that {@link fromExact} keeps. */
const KEPT = 60n;

/** The double nearest to an exact number, for people: what is smaller than 2^-60 is lost. */
export function fromExact(exact: bigint): number {
  return Number(exact >> (SCALE - KEPT)) / 2 ** Number(KEPT);
}
