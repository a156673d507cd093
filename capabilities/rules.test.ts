import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { readRuleCases, ruleMutants, runRuleCases } from '@yuheng/engine';
import { loadRules, type SigmaSource } from '@yuheng/sigma';
import { describe, expect, it } from 'vitest';
import { capabilities } from './index.ts';

/** Hits and near misses that each rule carries at least. */
const LEAST_CASES = 2;

const folder = import.meta.dirname;

interface RuleFile {
  readonly source: SigmaSource;
  readonly cases: string;
}

function ruleFiles(capability: string): RuleFile[] {
  const rules = join(folder, capability, 'rules');
  if (!existsSync(rules)) return [];
  return readdirSync(rules)
    .filter((name) => name.endsWith('.yml') && !name.endsWith('.test.yml'))
    .map((name) => {
      const cases = join(rules, name.replace(/\.yml$/, '.test.yml'));
      return {
        source: { file: `${capability}/rules/${name}`, text: readFileSync(join(rules, name), 'utf8') },
        cases: existsSync(cases) ? readFileSync(cases, 'utf8') : 'match: []\nmiss: []',
      };
    });
}

const files = capabilities.flatMap(({ id }) => ruleFiles(id));

describe.each(files)('$source.file', ({ source, cases: text }) => {
  const { rules, correlations, problems } = loadRules([source]);
  const uid = correlations.at(-1)?.correlation.uid ?? rules.at(-1)?.rule.uid ?? '';
  const cases = readRuleCases(text, source.file);

  it('loads without a problem', () => expect(problems).toEqual([]));

  it('says what it is in both languages, with an ATT&CK tag and an id', () => {
    expect(source.text).toMatch(/^translations:\n {2}zh-CN:\n {4}title: .+\n {4}description: /m);
    expect(source.text).toMatch(/^ {2}- attack\.t\d{4}/m);
    expect(uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it(`has ${LEAST_CASES} hits and ${LEAST_CASES} near misses, and they come out`, async () => {
    expect(cases.match.length).toBeGreaterThanOrEqual(LEAST_CASES);
    expect(cases.miss.length).toBeGreaterThanOrEqual(LEAST_CASES);
    expect(await runRuleCases(uid, cases, loadRules([source]), capabilities)).toEqual([]);
  });

  it('breaks a case when any selection is taken away', async () => {
    const survivors: string[] = [];
    for (const { name, text: mutant } of ruleMutants(source.text)) {
      const failed = await runRuleCases(uid, cases, loadRules([{ ...source, text: mutant }]), capabilities);
      if (failed.length === 0) survivors.push(name);
    }
    expect(survivors).toEqual([]);
  });
});

it('has no id twice', () => {
  const ids = files.flatMap(({ source }) => {
    const { rules, correlations } = loadRules([source]);
    return [...rules.map(({ rule }) => rule.uid), ...correlations.map(({ correlation }) => correlation.uid)];
  });
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});
