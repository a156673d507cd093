import type { Capability, Source } from './capability.ts';
import type { Head } from './head.ts';

/** The source that is surest of this file; `undefined` when none knows it. Equal answers: the first in the capabilities' order. */
export function recognise(head: Head, capabilities: readonly Capability[]): Source | undefined {
  let best: Source | undefined;
  let surest = 0;
  for (const { sources } of capabilities) {
    for (const source of sources) {
      const sure = source.recognise(head);
      if (sure > surest) [best, surest] = [source, sure];
    }
  }
  return best;
}

/** The share (0–1) of the head's lines for which `test` holds: how most recognisers of line formats begin. */
export function lineShare(head: Head, test: (line: string) => boolean): number {
  if (head.lines.length === 0) return 0;
  return head.lines.filter(test).length / head.lines.length;
}

/** The share (0–1) of the head's JSON objects for which `test` holds. */
export function valueShare(head: Head, test: (value: { readonly [key: string]: unknown }) => boolean): number {
  if (head.values.length === 0) return 0;
  const held = head.values.filter((value) => isObject(value) && test(value));
  return held.length / head.values.length;
}

/** A JSON object: not null, not an array. */
export function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
