const DIGITS = /\d{16,}/g;
const MINUS = 45;
const ZERO = 48;
const BACKSLASH = 92;

/** JSON whose integers of 16 digits or more are texts as written, since JSON.parse would change them. */
export function exactJson(json: string): string {
  let out = '';
  let copied = 0;
  let quote = 0;
  let isInside = false;
  DIGITS.lastIndex = 0;
  while (DIGITS.test(json)) {
    const end = DIGITS.lastIndex;
    const start = startOfNumber(json, end);
    if (start < 0 || !isEndOfValue(json, end)) continue;
    for (quote = json.indexOf('"', quote); quote >= 0 && quote < start; quote = json.indexOf('"', quote + 1))
      if (!isInside || !isEscaped(json, quote)) isInside = !isInside;
    if (quote < 0) quote = json.length;
    if (isInside) continue;
    out += `${json.slice(copied, start)}"${json.slice(start, end)}"`;
    copied = end;
  }
  return copied === 0 ? json : out + json.slice(copied);
}

/** Where the number begins whose digits end here; -1 where that is not the whole of a number. */
function startOfNumber(json: string, end: number): number {
  let start = end;
  while (isDigit(json.charCodeAt(start - 1))) start--;
  // No number: JSON.parse shall refuse it.
  if (json.charCodeAt(start) === ZERO) return -1;
  if (json.charCodeAt(start - 1) === MINUS) start--;
  let before = start - 1;
  while (isSpace(json.charCodeAt(before))) before--;
  return before < 0 || '[:,'.includes(json[before]!) ? start : -1;
}

function isEndOfValue(json: string, end: number): boolean {
  let after = end;
  while (isSpace(json.charCodeAt(after))) after++;
  return after === json.length || ',]}'.includes(json[after]!);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

/** An odd number of backslashes stands before. */
function isEscaped(json: string, at: number): boolean {
  let from = at;
  while (json.charCodeAt(from - 1) === BACKSLASH) from--;
  return (at - from) % 2 === 1;
}
