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
