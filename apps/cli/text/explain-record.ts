import type { ActualContent, AtomVerdict } from '@yuheng/sigma';
import { shorten } from '../printable.ts';
import type { RecordExplanation } from '../rules/explain/record.ts';
import type { ExplainWords } from './explain-words.ts';

/** Comparisons told of one record, selections told of each kind, and characters of each value. */
const SHOWN_ATOMS = 8;
const SHOWN_SELECTIONS = 12;
const SHOWN_VALUE = 120;

/** Says what a rule or filter is called by its uid. */
export type TitleOf = (uid: string) => string;

/** The titles of some rules or filters. */
export function titlesIn(called: readonly { readonly uid: string; readonly title: string }[]): TitleOf {
  const titles = new Map(called.map(({ uid, title }) => [uid, title]));
  return (uid) => quoted(titles.get(uid) ?? uid);
}

/** A text from the world, not too long. */
export function quoted(text: string): string {
  return `"${shortened(text)}"`;
}

/** A value from the world, not too long. */
export function shortened(text: string): string {
  return shorten(text, SHOWN_VALUE);
}

/** Of what kind a record is, where that is not the rule's. */
export function kindLines({ file, number, recordId, time, is }: RecordExplanation, words: ExplainWords): string[] {
  const isText = Object.entries(is).map(([name, value]) => `${name} = ${shortened(value)}`);
  return [
    words.record(file, String(recordId ?? number), time, words.foreign),
    `  ${words.itIs(isText.join(words.comma))}`,
  ];
}

/** What a record is to a rule: the verdict, which selections hold, and the comparisons that decided. */
export function recordLines(record: RecordExplanation, titleOf: TitleOf, words: ExplainWords): string[] {
  const { file, number, recordId, time, isOwn, matched, lack: refused, detection } = record;
  const lines = isOwn
    ? [words.record(file, String(recordId ?? number), time, matched ? words.matches : words.misses)]
    : [...kindLines(record, words), `  ${detection.matched ? words.wouldMatch : words.wouldMiss}`];
  if (refused)
    lines.push(`  ${words.unanswered[refused.why]}${refused.what.length > 0 ? `: ${refused.what.join(', ')}` : ''}`);
  const { selections, filters } = detection;
  if (selections.length + filters.length > 1) lines.push(`  ${heldText(detection, titleOf, words)}`);
  return [...lines, ...atomLines(detection.decisive, titleOf, words)];
}

function heldText(
  { selections, filters }: RecordExplanation['detection'],
  titleOf: TitleOf,
  words: ExplainWords,
): string {
  const named = (holds: boolean): string[] =>
    selections.filter((selection) => selection.holds === holds).map(({ name }) => name);
  const [held, failed] = [named(true), named(false)].map((names) => someOf(names, words));
  const stopping = filters.filter(({ passes }) => !passes).map(({ uid }) => titleOf(uid));
  return words.selections(held!, failed!, stopping.join(words.comma));
}

function someOf(names: readonly string[], words: ExplainWords): string {
  const shown = names.slice(0, SHOWN_SELECTIONS).join(words.comma);
  return names.length > SHOWN_SELECTIONS ? `${shown} ${words.moreOf(names.length)}` : shown;
}

/** The comparisons that decided; what was found is told once of those that follow one another. */
function atomLines(decisive: readonly AtomVerdict[], titleOf: TitleOf, words: ExplainWords): string[] {
  const lines: string[] = [];
  const told = new Set<string>();
  let above = '';
  for (const atom of decisive) {
    const { before, found } = atomText(atom, titleOf, words);
    if (told.has(before + found)) continue;
    told.add(before + found);
    lines.push(`  ${before}${found === above && found.length > words.foundAbove.length ? words.foundAbove : found}`);
    above = found;
  }
  const left = lines.length - SHOWN_ATOMS;
  return left > 0 ? [...lines.slice(0, SHOWN_ATOMS), `  ${words.more(left)}`] : lines;
}

function atomText(atom: AtomVerdict, titleOf: TitleOf, words: ExplainWords): { before: string; found: string } {
  const { selection, key, filter, matched, negated } = atom;
  const place = [
    `${selection}${key === '' ? '' : `, ${key}`}`,
    ...(filter === undefined ? [] : [words.ofFilter(titleOf(filter))]),
  ];
  const wanted = wantedText(atom, words);
  const sign = matched === negated ? '✗' : '✓';
  return {
    before: `${sign} ${place.join(' ')}: ${negated ? words.excludes(wanted) : words.expects(wanted)}`,
    found: foundText(atom, words),
  };
}

/** What the field holds. A search for keywords looks through all texts: told is one that hit, or the first. */
function foundText(atom: AtomVerdict, words: ExplainWords): string {
  const { field, actual, matched, expected } = atom;
  if (typeof actual === 'string') return words.found(words.lack[actual]);
  if (field !== undefined) return words.found(actual.map((text) => `"${excerpt(text, atom)}"`).join(' | '));
  const hit = expected[0]?.toLowerCase() ?? '';
  const text = matched ? actual.find((each) => each.toLowerCase().includes(hit)) : actual[0];
  return text === undefined ? '' : words.found(quoted(text));
}

/** The part of a long text that tells: its end where that was asked for, else what hit, else its beginning. */
function excerpt(text: string, { key, matched, expected }: AtomVerdict): string {
  if (text.length <= SHOWN_VALUE) return text;
  const most = SHOWN_VALUE - 1;
  if (key.includes('|endswith')) return `…${text.slice(-most)}`;
  const hit = matched ? text.toLowerCase().indexOf(expected[0]?.toLowerCase() ?? '') : 0;
  return hit > most / 2 ? `…${shortened(text.slice(hit - most / 3))}` : shortened(text);
}

/** The value that hit, else what could have. */
function wantedText({ expected, values, references, matched }: AtomVerdict, words: ExplainWords): string {
  if (references)
    return references.map((other) => words.valueOf(other.field, contentText(other.actual, words))).join(' | ');
  if (matched && values > 1) return words.oneOf(quoted(expected[0] ?? ''), values);
  const shown = expected.map(quoted).join(' | ');
  return values > expected.length ? `${shown} | ${words.moreOf(values)}` : shown;
}

function contentText(actual: ActualContent, words: ExplainWords): string {
  return typeof actual === 'string' ? words.lack[actual] : actual.map(quoted).join(' | ');
}
