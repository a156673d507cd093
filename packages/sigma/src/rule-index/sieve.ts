import { caseVariants, foldedUnits } from '../fold.ts';
import type { TextSlice } from '../types.ts';
import { ByteSieve } from './byte-sieve.ts';
import type { Entry } from './literal-list.ts';

/** Pieces of literals that a sieve looks for, and how long they are. */
const MAX_PIECES = 16;
const MIN_LENGTH = 2;
const MAX_LENGTH = 4;
/** More literals are an automaton's business. */
const MAX_LITERALS = 1_024;
/** Literals tied to an end of the text are tried one by one: not too many of them. */
const MAX_TIED = 16;
/** Pieces commoner than this are not worth looking for. */
const MAX_ODDS = 3e-5;
const DOUBLED = /([:.])\1/;
/** Words that stand in nearly every log line, as names of fields if nothing else. */
const COMMON =
  'eventid eventtime timecreated timestamp sourcename sourceimage message provider username userid processid processguid ' +
  'windows system32 microsoft version channel recordnumber hostname security severity keywords thread computer image ' +
  'targetobject targetfilename commandline parentprocess currentdirectory hashes module registry service account domain ' +
  'logonid operational description company product signature integritylevel network address port protocol category ' +
  'powershell script program files value details action status result access object subject workstation local .exe .dll';
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

/** Few rare pieces of which each text holds one. */
function choosePieces(texts: readonly string[], admits: (piece: string) => boolean): readonly string[] | undefined {
  if (texts.length > MAX_LITERALS) return undefined;
  const holders = new Map<string, Set<string>>();
  for (const text of texts) {
    for (const piece of piecesOf(text)) {
      if (oddsOf(piece) > MAX_ODDS || COMMON.includes(piece) || !admits(piece)) continue;
      const held = holders.get(piece);
      if (held) held.add(text);
      else holders.set(piece, new Set([text]));
    }
  }
  const chosen: string[] = [];
  for (const left = new Set(texts); left.size > 0;) {
    const piece = best(holders, left);
    if (piece === undefined || chosen.push(piece) > MAX_PIECES) return undefined;
    for (const text of holders.get(piece)!) left.delete(text);
  }
  return chosen;
}

/** The piece that most of the texts hold; of equals, the rarest. */
function best(holders: ReadonlyMap<string, ReadonlySet<string>>, texts: ReadonlySet<string>): string | undefined {
  let found: string | undefined;
  let most = 0;
  for (const [piece, held] of holders) {
    const count = [...held].filter((text) => texts.has(text)).length;
    if (count > most || (count === most && count > 0 && oddsOf(piece) < oddsOf(found!))) [found, most] = [piece, count];
  }
  return found;
}

function* piecesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; from++)
    for (let length = MIN_LENGTH; length <= MAX_LENGTH && from + length <= text.length; length++)
      yield text.slice(from, from + length);
}

/** A guess at how often a piece stands at a place of a log line. */
function oddsOf(piece: string): number {
  let odds = 1;
  for (const letter of piece) odds *= oddsOfLetter(letter);
  // Words like "lsadump::" name what prose does not.
  return DOUBLED.test(piece) ? odds / 100 : odds;
}

function oddsOfLetter(letter: string): number {
  if (/[etaoinsrldc ]/.test(letter)) return 0.06;
  if (/[0-9\\.:]/.test(letter)) return 0.04;
  return /[jqxzkvwy]/.test(letter) ? 0.008 : 0.02;
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
