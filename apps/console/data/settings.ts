import { useSyncExternalStore } from 'react';

/** Light or dark; until chosen, as the system is. */
export type Theme = 'light' | 'dark';

const KEY = 'yuheng-theme';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function current(): Theme {
  const kept = localStorage.getItem(KEY);
  if (kept === 'light' || kept === 'dark') return kept;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** The theme in force. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, current);
}

/** Chooses a theme and remembers it. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  for (const listener of listeners) listener();
}
