import type { Reason } from './shapes.ts';

/** A stretch of a text, from (inclusive) to (exclusive). */
export type Stretch = readonly [from: number, to: number];

/** Stretches of one text that are marked at most. */
const MAX_STRETCHES = 200;
/** A value this short says nothing unless its field stands before it. */
const MIN_ALONE = 3;
/** The server cuts longer values. */
const CUT_LENGTH = 200;
/** Characters between a field's name and its value: quotes, colons, equal signs, blanks. */
const MAX_BETWEEN = 8;

/** Where a text says what the reasons say: in order, none over another. */
export function stretchesOf(text: string, reasons: readonly Reason[]): Stretch[] {
  const found = reasons.flatMap((reason) => placesOf(text, reason));
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const apart: Stretch[] = [];
  for (const stretch of found) if (stretch[0] >= (apart.at(-1)?.[1] ?? 0)) apart.push(stretch);
  return apart.slice(0, MAX_STRETCHES);
}

/** Where the value stands: beside its field's name, else wherever it stands as a whole word. A keyword stands anywhere. */
function placesOf(text: string, { field, value }: Reason): Stretch[] {
  if (field === '') return occurrences(lowered(text), lowered(value));
  const whole = [...new Set([value, JSON.stringify(value).slice(1, -1), escapeXml(value)])].flatMap((written) =>
    occurrences(text, written).filter((stretch) => isWhole(text, stretch, written)),
  );
  const name = field.split('.').at(-1)!.toLowerCase();
  const named = whole.filter(([from]) => follows(text, from, name));
  if (named.length > 0) return named;
  return value.length >= MIN_ALONE ? whole : [];
}

/** Lower case without a change of length, so that places stay. */
function lowered(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function occurrences(text: string, part: string): Stretch[] {
  const found: Stretch[] = [];
  if (part === '') return found;
  for (let at = text.indexOf(part); at >= 0 && found.length < MAX_STRETCHES; at = text.indexOf(part, at + part.length))
    found.push([at, at + part.length]);
  return found;
}

/** Whether no letter or digit goes on before or behind; a value that was cut goes on. */
function isWhole(text: string, [from, to]: Stretch, written: string): boolean {
  const goesOn = (at: number): boolean => /^[\p{L}\p{N}_]{2}$/u.test(text.slice(at - 1, at + 1));
  return !goesOn(from) && (written.length >= CUT_LENGTH || !goesOn(to));
}

function follows(text: string, from: number, name: string): boolean {
  const before = text.slice(Math.max(0, from - MAX_BETWEEN - name.length), from).toLowerCase();
  const at = before.lastIndexOf(name);
  return at >= 0 && !/[\p{L}\p{N}]/u.test(before.slice(at + name.length));
}

function escapeXml(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character]!,
  );
}
