/** The wildcard `*`: any number of characters. */
export const ANY: unique symbol = Symbol('*');
/** The wildcard `?`: exactly one character. */
export const ONE: unique symbol = Symbol('?');

/** A piece of a pattern: plain text or a wildcard. */
export type Part = string | typeof ANY | typeof ONE;

/**
 * Reads a Sigma string (rules specification, "Escape Character"): `\` takes the meaning from a wildcard or from
 * another backslash that follows it, and is itself a plain character before anything else.
 */
export function parsePattern(text: string): readonly Part[] {
  const parts: Part[] = [];
  let plain = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    const next = text[at + 1];
    if (char === '\\' && (next === '*' || next === '?' || next === '\\')) {
      plain += next;
      at++;
    } else if (char === '*' || char === '?') {
      if (plain) parts.push(plain);
      plain = '';
      parts.push(char === '*' ? ANY : ONE);
    } else {
      plain += char;
    }
  }
  if (plain) parts.push(plain);
  return parts;
}

/** Puts pieces together: neighbouring texts become one, a run of `*` one `*`, empty texts vanish. */
export function joinParts(parts: readonly Part[]): readonly Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part === '' || (part === ANY && last === ANY)) continue;
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}

/** Whether a pattern holds a wildcard. */
export function hasWildcard(parts: readonly Part[]): boolean {
  return parts.some((part) => typeof part !== 'string');
}

/** The text of a pattern without wildcards. */
export function plainText(parts: readonly Part[]): string {
  return parts.filter((part) => typeof part === 'string').join('');
}
