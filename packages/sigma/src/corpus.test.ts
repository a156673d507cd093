import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import rejected from './corpus.rejected.json' with { type: 'json' };
import { loadRules } from './load.ts';
import { corpusFolder, eventOf, filesBelow } from './testing.ts';
import type { SigmaEvent, SigmaSource } from './types.ts';

const rulesFolder = corpusFolder('sigma');
const casesFolder = corpusFolder('sigma-regression');
const specFolder = corpusFolder('sigma-spec');

describe.skipIf(!rulesFolder)('the SigmaHQ rules', () => {
  test('load, but for those that need placeholders', () => {
    const set = loadRules(rulesOf(rulesFolder!));
    const errors = set.problems.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule, code }) => `${rule} ${code}`).sort()).toEqual(rejected);
    expect(set.rules.length).toBe(3779 - rejected.length);
    expect(errors.every(({ line }) => line !== undefined)).toBe(true);
  });
});

describe.skipIf(!rulesFolder || !casesFolder)('the SigmaHQ regression cases', () => {
  test('fire the rule that they are named after', () => {
    const set = loadRules(rulesOf(rulesFolder!));
    const rules = new Map(set.rules.map((rule) => [rule.rule.uid, rule]));
    const missed: string[] = [];
    const index = readFileSync(`${casesFolder}/INDEX.tsv`, 'utf8').trimEnd().split('\n').slice(1);
    const cases = index.map((line) => line.split('\t')).filter((columns) => columns[3] === 'evtx');
    for (const [id, , , , , count, path] of cases) {
      const text = readFileSync(`${casesFolder}/${path!.replace(/\.evtx$/, '.json')}`, 'utf8');
      const matched = eventsOf(text).filter((event) => rules.get(id!)?.matches(event)).length;
      if (matched < Number(count || 1)) missed.push(`${id}: ${matched} of ${count || 1}`);
    }
    expect(missed).toEqual([]);
    expect(cases.length).toBe(147);
  });
});

describe.skipIf(!specFolder)('the examples of the specification', () => {
  // Each by itself: two of them share an id.
  const examples = specFolder ? filesBelow(`${specFolder}/tests`, '.yml') : [];
  test.each(examples.map((source) => [source.file, source] as const))('%s', (file, source) => {
    const errors = loadRules([source]).problems.filter(({ severity }) => severity === 'error');
    // Correlations do not bring along the rules that they refer to.
    expect(errors.map(({ code }) => code)).toEqual(file.includes('correlation/') ? ['correlation.unknown-rule'] : []);
  });
  test.each(
    examples.filter(({ file }) => file.includes('correlation/')).map((source) => [source.file, source] as const),
  )('%s with its rules', (_, source) => {
    const references = /rules: *\n((?: +- .*\n)+)/.exec(source.text)?.[1]?.match(/[\w-]{2,}/g) ?? [];
    const rules = references.map((name) => ({ file: name, text: RULE.replaceAll('NAME', name) }));
    const set = loadRules([source, ...rules]);
    expect(set.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(set.rules.length).toBe(references.length);
    expect(set.correlations[0]?.correlation.rules).toEqual(set.rules.map(({ rule }) => rule.uid));
  });
});

const RULE = `title: NAME
name: NAME
logsource: {product: any}
detection: {selection: {Field: NAME}, condition: selection}
`;

/** The rule files, without SigmaHQ's own configuration beside them. */
function rulesOf(folder: string): readonly SigmaSource[] {
  return filesBelow(folder, '.yml').filter(({ file }) => file.startsWith('rules'));
}

/** Objects one after another, as the case files hold them. */
function eventsOf(text: string): SigmaEvent[] {
  const objects: Record<string, unknown>[] = JSON.parse(`[${text.trim().replace(/\}\s*\{(?=\s*"Event")/g, '},{')}]`);
  return objects.map((object) => eventOf(Object.fromEntries(flatten(object['Event'] as Tree))));
}

type Tree = { readonly [key: string]: unknown };

/** Names fields as rules do: elements of System and their attributes (`Provider_Name`), and the names of the data. */
function* flatten(tree: Tree, prefix = ''): Generator<[string, unknown]> {
  for (const [key, value] of Object.entries(tree)) {
    if (key === '#text') yield [prefix, value];
    else if (key === '#attributes') yield* attributes(value as Tree, prefix);
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) yield* flatten(value as Tree, key);
    else yield [key.replaceAll(' ', ''), value];
  }
}

function* attributes(values: Tree, element: string): Generator<[string, unknown]> {
  for (const [name, value] of Object.entries(values)) yield [`${element}_${name}`, value];
}
