/** Pieces of literals that a sieve looks for, and how long they are. */
const MAX_PIECES = 16;
const MIN_LENGTH = 2;
const MAX_LENGTH = 4;
/** More literals are an automaton's business. */
const MAX_LITERALS = 1_024;
/** Pieces commoner than this are not worth looking for. */
const MAX_ODDS = 3e-5;
const COLON = 0x3a;
const DOT = 0x2e;
/** How often a letter stands at a place of a log line: a guess. */
const RARE = 0.02;
const ODDS = Float64Array.from({ length: 128 }, (_, unit) => oddsOfLetter(String.fromCharCode(unit)));
/** Words that stand in nearly every log line, as names of fields if nothing else. */
const COMMON =
  'eventid eventtime timecreated timestamp sourcename sourceimage message provider username userid processid processguid ' +
  'windows system32 microsoft version channel recordnumber hostname security severity keywords thread computer image ' +
  'targetobject targetfilename commandline parentprocess currentdirectory hashes module registry service account domain ' +
  'logonid operational description company product signature integritylevel network address port protocol category ' +
  'powershell script program files value details action status result access object subject workstation local .exe .dll';
let commonOnes: ReadonlySet<string> | undefined;

/** A piece, the texts that hold it, and how many of these hold none that is chosen. */
interface Piece {
  readonly text: string;
  readonly odds: number;
  readonly holders: string[];
  left: number;
}

/** Few rare pieces of which each text holds one, of those that are admitted; `undefined` where there are none. */
export function choosePieces(
  texts: readonly string[],
  admits: (piece: string) => boolean,
): readonly string[] | undefined {
  if (texts.length > MAX_LITERALS) return undefined;
  const left = new Set(texts);
  const pieces = new Map<string, Piece>();
  const piecesOf = new Map<string, readonly Piece[]>();
  for (const text of left) piecesOf.set(text, gatherPieces(text, pieces, admits));
  const chosen: string[] = [];
  while (left.size > 0) {
    const piece = best(pieces.values());
    if (!piece || chosen.push(piece.text) > MAX_PIECES) return undefined;
    for (const text of piece.holders) if (left.delete(text)) for (const other of piecesOf.get(text)!) other.left--;
  }
  return chosen;
}

/** Adds the pieces of a text that are worth looking for to `known`, and answers them. */
function gatherPieces(text: string, known: Map<string, Piece>, admits: (piece: string) => boolean): readonly Piece[] {
  const gathered: Piece[] = [];
  for (let from = 0; from < text.length; from++) {
    for (let to = from + MIN_LENGTH; to <= from + MAX_LENGTH && to <= text.length; to++) {
      const odds = oddsOf(text, from, to);
      if (odds > MAX_ODDS) continue;
      const piece = pieceOf(text.slice(from, to), odds, known, admits);
      if (!piece || piece.holders.at(-1) === text) continue;
      piece.holders.push(text);
      piece.left++;
      gathered.push(piece);
    }
  }
  return gathered;
}

function pieceOf(
  text: string,
  odds: number,
  known: Map<string, Piece>,
  admits: (piece: string) => boolean,
): Piece | undefined {
  const found = known.get(text);
  if (found || commonPieces().has(text) || !admits(text)) return found;
  const piece = { text, odds, holders: [], left: 0 };
  known.set(text, piece);
  return piece;
}

/** The piece that most of the texts hold; of equals, the rarest. */
function best(pieces: Iterable<Piece>): Piece | undefined {
  let found: Piece | undefined;
  for (const piece of pieces) {
    const most = found?.left ?? 0;
    if (piece.left > most || (found && piece.left === most && piece.odds < found.odds)) found = piece;
  }
  return found;
}

/** A guess at how often what stands from one place of a text to another stands at a place of a log line. */
function oddsOf(text: string, from: number, to: number): number {
  let odds = 1;
  let doubled = false;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    odds *= unit < 128 ? ODDS[unit]! : RARE;
    if (at > from && (unit === COLON || unit === DOT) && unit === text.charCodeAt(at - 1)) doubled = true;
  }
  // Words like "lsadump::" name what prose does not.
  return doubled ? odds / 100 : odds;
}

function oddsOfLetter(letter: string): number {
  if (/[etaoinsrldc ]/.test(letter)) return 0.06;
  if (/[0-9\\.:]/.test(letter)) return 0.04;
  return /[jqxzkvwy]/.test(letter) ? 0.008 : RARE;
}

/** All that could be a piece of {@link COMMON}. */
function commonPieces(): ReadonlySet<string> {
  if (commonOnes) return commonOnes;
  const pieces = new Set<string>();
  for (let from = 0; from < COMMON.length; from++)
    for (let length = MIN_LENGTH; length <= MAX_LENGTH; length++) pieces.add(COMMON.slice(from, from + length));
  return (commonOnes = pieces);
}
