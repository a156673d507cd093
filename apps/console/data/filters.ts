import type { Address } from './address.ts';

/** Columns of an event that have a filter and statistics. */
export const FIELDS = ['source', 'host', 'user', 'address'] as const;
/** One of `FIELDS`. */
export type FilterName = (typeof FIELDS)[number];

/** A filter of the address: `host=web01`, `-source=x`. */
export interface Filter {
  readonly param: string;
  readonly field: FilterName;
  readonly not: boolean;
  readonly value: string;
}

/** All filters on fields, in the order of `FIELDS`. */
export function filtersOf({ params }: Address): Filter[] {
  return FIELDS.flatMap((field) =>
    [false, true].flatMap((not) => {
      const param = not ? `-${field}` : field;
      const value = params.get(param);
      return value === null ? [] : [{ param, field, not, value }];
    }),
  );
}

/** The events search with one more filter, on top of those in force. */
export function filterHref(param: string, value: string): string {
  const params = new URLSearchParams(location.pathname === '/events' ? location.search : '');
  for (const gone of ['sql', 'mode', 'before']) params.delete(gone);
  params.set(param, value);
  return `/events?${params.toString()}`;
}

/** What the filters say, as a SQL condition. */
export function conditionOf(address: Address): string {
  const { params } = address;
  const text = params.get('text')?.trim();
  return [
    ...filtersOf(address).map(({ field, not, value }) => `lower(${field}) ${not ? '!=' : '='} lower(${quoted(value)})`),
    ...(text ? [`positionCaseInsensitiveUTF8(raw_data, ${quoted(text)}) > 0`] : []),
    ...bound(params.get('from'), '>='),
    ...bound(params.get('to'), '<'),
  ].join(' AND ');
}

/** A bound of time in ms as a SQL condition; none where the address holds no number. */
export function bound(text: string | null, operator: string): string[] {
  return text !== null && /^\d{1,15}$/.test(text)
    ? [`time ${operator} fromUnixTimestamp64Milli(toInt64(${text}))`]
    : [];
}

/** A text as a SQL literal. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replaceAll('\0', '\\0')}'`;
}
