import { useInfiniteQuery } from '@tanstack/react-query';
import { ask } from './api.ts';
import type { Listed, Texts } from './shapes.ts';

/** Items asked for at once. */
const PAGE = 50;
/** Whether a notice was taken is nobody's news: it is asked again, ms. */
const AGAIN_MS = 10_000;

/** A source that fell silent. Times in ms since 1970, like all here. */
export interface Silence {
  readonly severity_id: number;
  readonly unmapped: {
    readonly titles: Texts;
    readonly source: string;
    readonly last_received: number;
    readonly since: number;
    /** When it spoke again; absent while it is silent. */
    readonly ended?: number;
  };
  readonly finding_info: { readonly uid: string };
}

/** What was told outside, or is to be. */
export interface Notice {
  readonly uid: string;
  readonly channel: 'webhook' | 'mail';
  readonly about: string;
  readonly severity: string;
  readonly title: string;
  readonly state: 'pending' | 'sent' | 'failed';
  /** Attempts that failed. */
  readonly attempts: number;
  readonly created: number;
  readonly due?: number;
  readonly settled?: number;
  readonly error: string;
}

/** How many notices a channel has in each state. */
export interface NoticeBooks {
  readonly channel: Notice['channel'];
  readonly pending: number;
  readonly sent: number;
  readonly failed: number;
}

/** Silent sources, the latest first. */
export function useSilences() {
  return useInfiniteQuery({
    queryKey: ['operations'],
    queryFn: ({ pageParam }) => ask<Listed<Silence>>(pagePath('operations', pageParam)),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
}

/** Notices, the latest first, and their books. */
export function useNotices() {
  return useInfiniteQuery({
    queryKey: ['notices'],
    queryFn: ({ pageParam }) =>
      ask<Listed<Notice> & { readonly channels: readonly NoticeBooks[] }>(pagePath('notices', pageParam)),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: AGAIN_MS,
  });
}

function pagePath(list: string, cursor: string): string {
  return `/api/v1/${list}?limit=${PAGE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
}
