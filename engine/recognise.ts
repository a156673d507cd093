import type { Capability, Source } from './capability.ts';
import { decodeHead } from './framing/encoding.ts';
import { firstJsonValues } from './framing/json.ts';

/** How much of a file recognition looks at. */
export const HEAD_BYTES = 64 * 1024;
const HEAD_LINES = 64;
const HEAD_VALUES = 16;

/** The beginning of a file, in the shapes that recognisers ask for. */
export interface Head {
  readonly bytes: Uint8Array;
  /** Decoded text, '' where the bytes are no text. */
  readonly text: string;
  /** The first lines that are not blank; the last one is left out when it may be cut. */
  readonly lines: readonly string[];
  /** The first JSON values (of an array: its elements), parsed; none where the text is not JSON. */
  readonly values: readonly unknown[];
}

/** Looks at the first bytes of a file. `complete`: there is no more of it. */
export function readHead(bytes: Uint8Array, complete: boolean, encoding?: string): Head {
  const text = decodeHead(bytes, encoding);
  const all = text.split(/\r\n|\n|\r/);
  if (!complete && all.length > 1) all.pop();
  const lines = all.filter((line) => line.trim() !== '').slice(0, HEAD_LINES);
  return { bytes, text, lines, values: firstJsonValues(text, HEAD_VALUES) };
}

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
