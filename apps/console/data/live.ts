import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';

/** Changes that come close together are answered once, ms. */
const GATHER_MS = 1_000;

/** What each kind of news makes stale. A search stays as the person left it. */
const STALE: { readonly [news: string]: readonly string[] } = {
  incidents: ['incidents', 'incident', 'triage', 'story', 'notices'],
  operations: ['operations', 'notices'],
  events: ['ledger'],
};

/** Keeps lists up to date by the server's own news, while somebody is signed in. */
export function useLive(signedIn: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!signedIn) return;
    const stale = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = (): void => {
      timer = undefined;
      for (const key of stale) void client.invalidateQueries({ queryKey: [key] });
      stale.clear();
    };
    const news = new EventSource('/api/v1/changes');
    for (const [name, keys] of Object.entries(STALE))
      news.addEventListener(name, () => {
        for (const key of keys) stale.add(key);
        timer ??= setTimeout(refresh, GATHER_MS);
      });
    return () => {
      news.close();
      clearTimeout(timer);
    };
  }, [signedIn, client]);
}
