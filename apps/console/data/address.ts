import { useSyncExternalStore } from 'react';

/** Where the person is: the path and what it was asked with. All state that a link should carry stands here. */
export interface Address {
  readonly path: string;
  readonly params: URLSearchParams;
}

const MOVED = 'yuheng-moved';

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener(MOVED, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(MOVED, listener);
  };
}

/** The address, and again whenever it changes. */
export function useAddress(): Address {
  const href = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  const { pathname, searchParams } = new URL(href, location.origin);
  return { path: pathname, params: searchParams };
}

/** Goes to another address; Back comes back. */
export function go(href: string): void {
  history.pushState(null, '', href);
  dispatchEvent(new Event(MOVED));
}

/** The address with some parameters changed; `undefined` takes one away. */
export function withParams(address: Address, changes: { readonly [name: string]: string | undefined }): string {
  const params = new URLSearchParams(address.params);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') params.delete(name);
    else params.set(name, value);
  }
  const query = params.toString();
  return address.path + (query ? `?${query}` : '');
}
