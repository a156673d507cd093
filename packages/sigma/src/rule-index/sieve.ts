import { caseVariants, foldedUnits } from '../fold.ts';
import type { TextSlice } from '../types.ts';
import { ByteSieve } from './byte-sieve.ts';
import type { Entry } from './literal-list.ts';
import { choosePieces } from './pieces.ts';

/** Literals tied to an end of the text are tried one by one: not too many of them. */
const MAX_TIED = 16;
/** What JSON writes as it is. */
const UNESCAPED = /^[a-z0-9 .:_-]+$/;
/** What may stand in a number's text, however JSON writes the number. */
const NUMERIC = /^[0-9.e-]*$/;
const INFINITE = 'infinity';

/**
 * Tells texts that may hold one of a few literals from the many that hold none. It looks for short rare pieces, of which
 * each literal holds one, by a regular expression of nothing but alternatives: V8 runs these several times faster than
 * any automaton of ours.
 */
export class Sieve {
  /** Looks for the same pieces in bytes, where JSON writes them as they are. */
  readonly #bytes: ByteSieve | undefined;
  readonly #expression: RegExp | undefined;
  /** Literals tied to the start, in one; those tied to the end alone, folded. */
  readonly #starts: RegExp | undefined;
  readonly #ends: readonly string[];

  /** A sieve for the ASCII literals, of {@link piecesIn} them. */
  static of(entries: readonly Entry[], pieces: readonly string[]): Sieve {
    const tied = tiedOf(entries).map(([literal]) => literal);
    const starts = tied
      .filter(({ atStart }) => atStart)
      .map(({ text, atEnd }) => insensitive(text) + (atEnd ? '$' : ''));
    const ends = tied.filter(({ atStart }) => !atStart).map(({ text }) => text);
    return new Sieve(pieces, [], starts, ends);
  }

  /** A sieve for JSON that may hold literals in its values, of {@link piecesInJson} for them. It lets `\u` escapes pass. */
  static ofJson(pieces: readonly string[]): Sieve {
    return new Sieve(pieces, ['\\\\u'], [], []);
  }

  private constructor(
    pieces: readonly string[],
    others: readonly string[],
    starts: readonly string[],
    ends: readonly string[],
  ) {
    const sources = [...pieces.map(insensitive), ...others];
    this.#expression = sources.length === 0 ? undefined : new RegExp(sources.join('|'));
    const isFree = starts.length === 0 && ends.length === 0;
    this.#bytes = isFree && pieces.every((piece) => UNESCAPED.test(piece)) ? ByteSieve.of(pieces) : undefined;
    this.#starts = starts.length === 0 ? undefined : new RegExp(`^(?:${starts.join('|')})`);
    this.#ends = ends;
  }

  /** {@link mayHold} for bytes in which letters of ASCII stand as such; `undefined` where it has to be a string for that. */
  mayHoldBytes(slice: TextSlice): boolean | undefined {
    return this.#bytes?.mayHold(slice);
  }

  /** `false`: the text holds none of the literals. */
  mayHold(text: string): boolean {
    if (this.#expression?.test(text) || this.#starts?.test(text)) return true;
    for (const end of this.#ends) if (endsIn(text, end)) return true;
    return false;
  }
}

/** What a sieve looks for before the ASCII literals; `undefined` where they have no few rare pieces. */
export function piecesIn(entries: readonly Entry[]): readonly string[] | undefined {
  const tied = new Set(tiedOf(entries));
  if (tied.size > MAX_TIED) return undefined;
  const free = entries.filter((entry) => !tied.has(entry)).map(([{ text }]) => text);
  return choosePieces(free, () => true);
}

/** {@link piecesIn} for JSON that may hold the literals in its values: made of what JSON writes as it is or as a `\u` escape. */
export function piecesInJson(entries: readonly Entry[]): readonly string[] | undefined {
  if (tiedOf(entries).length > 0) return undefined;
  return choosePieces(
    entries.map(([{ text }]) => text),
    (piece) => UNESCAPED.test(piece) && !NUMERIC.test(piece) && !INFINITE.includes(piece),
  );
}

function tiedOf(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter(([{ atStart, atEnd }]) => atStart || atEnd);
}

function endsIn(text: string, end: string): boolean {
  let at = text.length - end.length;
  if (at < 0) return false;
  const folded = foldedUnits();
  for (let index = 0; index < end.length; index++, at++)
    if (folded[text.charCodeAt(at)] !== end.charCodeAt(index)) return false;
  return true;
}

/** The source of an expression for a folded ASCII text in any case, without flags that would slow it down. */
function insensitive(text: string): string {
  let source = '';
  for (const letter of text) {
    const variants = caseVariants().get(letter.charCodeAt(0)) ?? [letter.charCodeAt(0)];
    const codes = variants.map((code) => `\\u${code.toString(16).padStart(4, '0')}`);
    source += codes.length === 1 ? codes[0]! : `[${codes.join('')}]`;
  }
  return source;
}
