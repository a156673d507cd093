import { loadRules } from '../src/load.ts';
import { PLACEHOLDERS } from './random-items.ts';
import { shrink } from './shrink.ts';
import { ThreePaths, type Setting } from './three-paths.ts';

/** Lines that are loaded at once. */
export const CHUNK_LINES = 16;
/** Times that a case is asked while characters are left out of its last line. */
const LINE_BUDGET = 400;

/** Rules and lines about which the paths disagree, to be asked again. */
export interface Case {
  readonly setting: Setting;
  /** YAML documents. */
  readonly rules: readonly string[];
  /** The bytes of each line, each byte as a character. */
  readonly lines: readonly string[];
}

/** Loads rules; those that are wrong are left out. */
export function rulesOf(documents: readonly string[]) {
  return loadRules([{ file: 'fuzz.yml', text: documents.join('\n---\n') }], { placeholders: PLACEHOLDERS });
}

/** What comes out differently when a case is asked, in words. */
export function disagreement({ setting, rules, lines }: Case): string | undefined {
  const paths = new ThreePaths(rulesOf(rules).rules, setting);
  for (let from = 0; from < lines.length; from += CHUNK_LINES) {
    const chunk = lines.slice(from, from + CHUNK_LINES).map((line) => Buffer.from(line, 'latin1'));
    const difference = paths.ask(chunk);
    if (difference) return difference.what;
  }
  return undefined;
}

/** A case that still disagrees, by `differs`, with as few rules, lines and characters as can be. */
export function minimal(whole: Case, differs: (one: Case) => unknown = disagreement): Case {
  const fails = (changed: Partial<Case>): boolean => differs({ ...found, ...changed }) !== undefined;
  let found = whole;
  if (!fails({})) return whole;
  const last = whole.lines.slice(-1);
  if (fails({ lines: last })) found = { ...found, lines: last };
  found = { ...found, rules: shrink(found.rules, (rules) => fails({ rules })) };
  found = { ...found, lines: shrink(found.lines, (lines) => fails({ lines })) };
  const before = found.lines.slice(0, -1);
  const characters = shrink(
    [...(found.lines.at(-1) ?? '')],
    (kept) => fails({ lines: [...before, kept.join('')] }),
    LINE_BUDGET,
  );
  return { ...found, lines: [...before, characters.join('')] };
}
