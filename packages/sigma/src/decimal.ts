/** A number with its exact integer beside it where a double could not hold it. */
export interface Decimal {
  readonly value: number;
  readonly exact?: bigint;
}

/** The numeric modifiers (modifiers appendix, "Numeric Modifiers"). */
export type Comparison = 'gt' | 'gte' | 'lt' | 'lte';

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,4})?$/i;
const LONG_INTEGER = /^[+-]?\d{16,4096}$/;

/** Reads a decimal number as logs write it; `undefined` for hexadecimal, empty, spaced or other texts. */
export function parseDecimal(text: string): Decimal | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const value = Number(text);
  if (LONG_INTEGER.test(text)) return { value, exact: BigInt(text.replace('+', '')) };
  return { value };
}

/** Whether `left` stands in the given relation to `right`; long integers compare exactly. */
export function compareDecimals(left: Decimal, comparison: Comparison, right: Decimal): boolean {
  const order = orderOf(left, right);
  switch (comparison) {
    case 'gt':
      return order > 0;
    case 'gte':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'lte':
      return order <= 0;
  }
}

function orderOf(left: Decimal, right: Decimal): number {
  // BigInt and number compare exactly with one another in JavaScript.
  const a = left.exact ?? left.value;
  const b = right.exact ?? right.value;
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
