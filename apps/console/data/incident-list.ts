import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Address } from './address.ts';
import { ask } from './api.ts';
import { LEVELS, STATUSES, type Incident, type Level, type Listed, type Status, type Triage } from './shapes.ts';

/** Incidents asked for at once. */
const PAGE = 100;

/** A tab of the list: a state, or all of them. */
export type Tab = Status | 'all';

/** What the address asks of the list. */
export interface ListQuery {
  readonly tab: Tab;
  readonly severity: Level | undefined;
  readonly text: string;
  readonly order: 'asc' | 'desc';
}

/** Reads the address; what it does not know is as if it were not there. */
export function listQueryOf({ params }: Pick<Address, 'params'>): ListQuery {
  const status = params.get('status');
  return {
    tab: status === 'all' ? 'all' : (STATUSES.find((known) => known === status) ?? 'new'),
    severity: LEVELS.find((level) => level === params.get('severity')),
    text: params.get('text')?.trim() ?? '',
    order: params.get('order') === 'asc' ? 'asc' : 'desc',
  };
}

/** What the API is asked: the filters, the same for the list and for the counts. */
export function filtersIn({ severity, text }: ListQuery): URLSearchParams {
  return new URLSearchParams({ ...(severity ? { severity } : {}), ...(text ? { text } : {}) });
}

/** The list, page by page. */
export function useIncidentList(query: ListQuery) {
  const { tab, order } = query;
  const params = filtersIn(query);
  params.set('limit', String(PAGE));
  params.set('order', order);
  params.set('triage', 'true');
  if (tab !== 'all') params.set('status', tab);
  return useInfiniteQuery({
    queryKey: ['incidents', 'list', params.toString()],
    queryFn: ({ pageParam }) =>
      ask<Listed<Incident> & { readonly triage: readonly Triage[] }>(
        `/api/v1/incidents?${params}${pageParam && `&cursor=${encodeURIComponent(pageParam)}`}`,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

/** How many incidents that the filters let through have each state. */
export function useIncidentCounts(query: ListQuery) {
  const params = filtersIn(query).toString();
  return useQuery({
    queryKey: ['incidents', 'counts', params],
    queryFn: () => ask<{ readonly [status in Status]: number }>(`/api/v1/incidents/counts?${params}`),
    placeholderData: keepPreviousData,
  });
}
