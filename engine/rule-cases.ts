import { load, YAMLException } from 'js-yaml';
import { Locator, type RuleSet } from '@yuheng/sigma';
import type { Capability } from './capability.ts';
import { askEach } from './detect.ts';
import { memoryFile } from './memory.ts';
import { Prover } from './proof.ts';
import { isObject } from './recognise.ts';

/** One case beside a rule: raw input as a source would deliver it. */
export interface RuleCase {
  readonly name: string;
  readonly input: string;
  /** Findings of the rule; at least one where absent. Only in `match`. */
  readonly count?: number;
}

/** A rule's `*.test.yml`. */
export interface RuleCases {
  readonly match: readonly RuleCase[];
  readonly miss: readonly RuleCase[];
}

/** What is wrong with a `*.test.yml`: the line (from 1, where it is known), what, why and what to do. */
export interface CasesFault {
  readonly code: 'tests.syntax' | 'tests.shape';
  readonly line?: number;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

/** Thrown for a `*.test.yml` that cannot be used, with everything that is wrong with it. */
export class RuleCasesError extends Error {
  readonly faults: readonly CasesFault[];

  constructor(file: string, faults: readonly CasesFault[]) {
    super(
      faults.map(({ line, what, fix }) => `${file}${line === undefined ? '' : `:${line}`}: ${what}: ${fix}`).join('\n'),
    );
    this.faults = faults;
  }
}

/** A case that did not come out as it must. */
export interface FailedCase {
  readonly name: string;
  /** Findings that it must have: `count` of them, at least one where that is absent, or none for a `miss`. */
  readonly kind: 'match' | 'miss';
  readonly count?: number;
  readonly found: number;
  /** Records of its input that a source understood: without any, nothing was tried. */
  readonly understood: number;
}

const KINDS = ['match', 'miss'] as const;
const PARTS = { match: ['name', 'input', 'count'], miss: ['name', 'input'] } as const;

/** Reads the text of a `*.test.yml`; throws a {@link RuleCasesError}. */
export function readRuleCases(text: string, file: string): RuleCases {
  const faults: CasesFault[] = [];
  const content = parse(text, file);
  const locator = new Locator(text);
  const note = (path: readonly (string | number)[], what: string, why: string, fix: string): void => {
    const line = locator.line(0, path);
    faults.push({ code: 'tests.shape', ...(line === undefined ? {} : { line }), what, why, fix });
  };
  if (isObject(content)) noteFaults(content, note);
  else note([], 'the cases cannot be used', 'they are a map of two lists, "match" and "miss"', 'write both');
  if (faults.length > 0) throw new RuleCasesError(file, faults);
  return content as RuleCases;
}

type Note = (path: readonly (string | number)[], what: string, why: string, fix: string) => void;

function parse(text: string, file: string): unknown {
  try {
    return load(text);
  } catch (error) {
    const { reason, mark } = error instanceof YAMLException ? error : { reason: String(error), mark: undefined };
    const what = 'the cases cannot be read as YAML';
    const line = mark ? { line: mark.line + 1 } : {};
    throw new RuleCasesError(file, [
      { code: 'tests.syntax', ...line, what, why: reason, fix: 'correct the YAML at this place' },
    ]);
  }
}

function noteFaults(content: { readonly [key: string]: unknown }, note: Note): void {
  for (const key of Object.keys(content).filter((name) => !KINDS.some((kind) => kind === name)))
    note([key], `"${key}" is no list of cases`, 'there are "match" and "miss"', 'correct the name, or remove it');
  for (const kind of KINDS) {
    const cases = content[kind];
    if (Array.isArray(cases)) cases.forEach((entry: unknown, index) => noteCaseFaults(entry, kind, index, note));
    else
      note(
        Object.hasOwn(content, kind) ? [kind] : [],
        `there is no list "${kind}"`,
        'a rule is tested by what it must match and by what it must not',
        `write "${kind}" with its cases`,
      );
  }
}

function noteCaseFaults(entry: unknown, kind: (typeof KINDS)[number], index: number, note: Note): void {
  const where = `case ${index + 1} of "${kind}"`;
  const parts: readonly string[] = PARTS[kind];
  if (!isObject(entry))
    return note([kind, index], `${where} is no map`, 'a case has a name and an input', 'write both');
  for (const part of ['name', 'input'])
    if (typeof entry[part] !== 'string')
      note(
        [kind, index, part],
        `${where} has no ${part} that is a text`,
        'a case has a name and an input',
        'write both',
      );
  for (const key of Object.keys(entry).filter((name) => !parts.includes(name)))
    note(
      [kind, index, key],
      `${where} has "${key}"`,
      `there are ${parts.join(', ')}`,
      'correct the name, or remove it',
    );
  const { count } = entry;
  if (kind === 'match' && count !== undefined && !(Number.isInteger(count) && Number(count) > 0))
    note(
      [kind, index, 'count'],
      `the count of ${where} is no whole number from 1`,
      'it is how many findings there must be',
      'correct it, or leave it out where one is enough',
    );
}

/**
 * Runs a rule's cases through the whole pipeline, with the rules that it needs (a correlation's base rules beside it).
 * `uid` is the rule that must or must not make findings.
 */
export async function runRuleCases(
  uid: string,
  cases: RuleCases,
  rules: RuleSet,
  capabilities: readonly Capability[],
): Promise<FailedCase[]> {
  const prover = new Prover(rules, capabilities, { makeMatcher: askEach });
  const failed: FailedCase[] = [];
  for (const kind of KINDS) {
    for (const { name, input, count } of cases[kind]) {
      const { findings, counts } = await prover.run([memoryFile(name, input)]);
      const found = findings.filter(({ finding }) => finding.finding_info.analytic.uid === uid).length;
      const right = kind === 'miss' ? found === 0 : count === undefined ? found > 0 : found === count;
      // What nobody understood proves nothing of what a rule must pass by.
      if (right && counts.parsed > 0) continue;
      failed.push({ name, kind, ...(count === undefined ? {} : { count }), found, understood: counts.parsed });
    }
  }
  return failed;
}
