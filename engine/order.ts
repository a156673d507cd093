import type { Instant } from './time.ts';

/** Where something stands in the order of all that happened: time, then source, file, position, uid. */
export interface Order extends Instant {
  readonly source: string;
  readonly file: string;
  readonly number: number;
  readonly uid: string;
}

/** The one total order of the house. The same records give the same order, however they arrive. */
export function compareOrder(a: Order, b: Order): number {
  return (
    a.ms - b.ms ||
    a.ns - b.ns ||
    compareText(a.source, b.source) ||
    compareText(a.file, b.file) ||
    a.number - b.number ||
    compareText(a.uid, b.uid)
  );
}

/** By code units: the same on every machine, unlike a locale's order. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
