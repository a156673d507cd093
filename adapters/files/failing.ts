import type { Loss } from './loss.ts';

/** Bytes of which none can be read. */
export function failing(loss: Loss): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(loss) }) };
}
