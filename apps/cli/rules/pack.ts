import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { readRuleCases, RuleCasesError, type RuleCases } from '@yuheng/engine';
import type { SigmaProblem, SigmaSource } from '@yuheng/sigma';
import { readRuleFile, ruleFilesBelow } from '../hunt/rules.ts';

const CASES = /\.test\.ya?ml$/;

/** Rule files, and the files of cases beside them. Files are called by the paths that lead to them. */
export interface RulePack {
  readonly rules: readonly SigmaSource[];
  /** Files of cases by the rule file that they belong to. */
  readonly cases: ReadonlyMap<string, SigmaSource>;
  /** Files of cases without a rule file. */
  readonly orphans: readonly string[];
}

/** Reads the rules and cases at some paths; a file of cases stands for its rule. */
export async function readPack(paths: readonly string[]): Promise<RulePack> {
  const asked = paths.filter((path) => CASES.test(path) && existsSync(path));
  const below = (await Promise.all(paths.filter((path) => !asked.includes(path)).map(casesBelow))).flat();
  const found = await ruleFilesBelow(paths.filter((path) => !asked.includes(path)));
  const files = [...new Set([...found, ...asked.flatMap(ruleOf)].map(portable))];
  const owners = files.filter((file) => existsSync(casesOf(file)));
  const owned = new Set(owners.map(casesOf));
  return {
    rules: files.map((file) => readRuleFile(file)),
    cases: new Map(owners.map((file) => [file, readRuleFile(casesOf(file))])),
    orphans: [...new Set([...asked, ...below].map(portable))].filter((file) => !owned.has(file)).sort(),
  };
}

/** The file of a rule's cases. */
export function casesOf(file: string): string {
  return file.replace(/\.ya?ml$/, '.test.yml');
}

function ruleOf(cases: string): string[] {
  const files = ['.yml', '.yaml'].map((ending) => cases.replace(CASES, ending));
  return files.filter((file) => casesOf(file) === cases && existsSync(file)).slice(0, 1);
}

async function casesBelow(path: string): Promise<string[]> {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => CASES.test(entry.name) && !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
}

function portable(path: string): string {
  return path.split(sep).join('/');
}

/** The cases of a file, or what is wrong with it. */
export function readCases({ file, text, fault }: SigmaSource): RuleCases | readonly SigmaProblem[] {
  if (fault !== undefined) {
    const fix = 'give a file of UTF-8 text that is there and that this user may read';
    return [{ code: 'file.unreadable', file, what: 'the file cannot be read', why: fault, fix, severity: 'error' }];
  }
  try {
    return readRuleCases(text, file);
  } catch (error) {
    if (!(error instanceof RuleCasesError)) throw error;
    return error.faults.map((told) => ({ ...told, file, severity: 'error' }));
  }
}

/** What is wrong with a pack as a whole: cases that belong to no rule. */
export function orphanProblems({ orphans }: RulePack): SigmaProblem[] {
  return orphans.map((file) => ({
    code: 'tests.orphan',
    file,
    what: 'there is no rule for these cases',
    why: 'cases stand beside the rule that they test, so that these are never run',
    fix: `put them beside their rule: those of a.yml are called a.test.yml`,
    severity: 'error',
  }));
}

/** That there is no rule at all, which is never what was meant. */
export function noRules(paths: readonly string[]): SigmaProblem {
  return {
    code: 'rules.none',
    file: paths.join(', '),
    what: 'there is no rule here',
    why: 'no .yml or .yaml file in it is a rule',
    fix: 'give the folder or the file of your rules',
    severity: 'error',
  };
}
