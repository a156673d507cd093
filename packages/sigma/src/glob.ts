import { ANY, ONE, type Part } from './pattern.ts';

type Segment = readonly (string | typeof ONE)[];

/** Compiles a pattern with wildcards to a test of a whole text. `?` takes one code point. Linear in text × pattern. */
export function compileGlob(parts: readonly Part[]): (text: string) => boolean {
  const segments = splitAtAny(parts);
  const first = segments[0]!;
  const last = segments[segments.length - 1]!;
  if (segments.length === 1) return (text) => endOf(first, text, 0) === text.length;
  const middle = segments.slice(1, -1).filter((segment) => segment.length > 0);
  return (text) => {
    let at = endOf(first, text, 0);
    for (const segment of middle) {
      if (at < 0) return false;
      at = search(segment, text, at);
    }
    return at >= 0 && startOf(last, text, text.length) >= at;
  };
}

function splitAtAny(parts: readonly Part[]): Segment[] {
  const segments: (string | typeof ONE)[][] = [[]];
  for (const part of parts) {
    if (part === ANY) segments.push([]);
    else segments.at(-1)!.push(part);
  }
  return segments;
}

/** Where the segment ends when it begins at `at`; -1 when it does not fit there. */
function endOf(segment: Segment, text: string, at: number): number {
  for (const piece of segment) {
    if (piece === ONE) {
      if (at >= text.length) return -1;
      at += text.codePointAt(at)! > 0xffff ? 2 : 1;
    } else {
      if (!text.startsWith(piece, at)) return -1;
      at += piece.length;
    }
  }
  return at;
}

/** Where the segment begins when it ends at `at`; -1 when it does not fit there. */
function startOf(segment: Segment, text: string, at: number): number {
  for (let index = segment.length - 1; index >= 0; index--) {
    const piece = segment[index]!;
    if (piece === ONE) {
      if (at <= 0) return -1;
      at -= at > 1 && text.codePointAt(at - 2)! > 0xffff ? 2 : 1;
    } else {
      if (!text.endsWith(piece, at)) return -1;
      at -= piece.length;
    }
  }
  return at;
}

/** The earliest end of the segment at or after `from`; -1 when there is none. */
function search(segment: Segment, text: string, from: number): number {
  const lead = segment[0]!;
  for (let at = from; at <= text.length; at++) {
    if (lead !== ONE) {
      at = text.indexOf(lead, at);
      if (at < 0) return -1;
    }
    const end = endOf(segment, text, at);
    if (end >= 0) return end;
  }
  return -1;
}
