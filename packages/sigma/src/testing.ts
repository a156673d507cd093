import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadRules, type LoadOptions, type RuleSet } from './load.ts';
import type { CompiledRule, SigmaEvent, SigmaSource } from './types.ts';

/** An event made of a plain record, for tests: own keys are fields, their texts the text of the event. */
export function eventOf(record: Readonly<Record<string, unknown>>): SigmaEvent {
  const fields = new Map(Object.entries(record));
  return {
    field: (name) => fields.get(name),
    texts: () => [...fields.values()].filter((value) => typeof value === 'string'),
  };
}

/** Loads one file that holds the given text. */
export function loadText(text: string, options: LoadOptions = {}): RuleSet {
  return loadRules([{ file: 'test.yml', text }], options);
}

/** A rule file whose detection section is the given flow or block YAML (indented by the caller where it is a block). */
export function ruleText(detection: string): string {
  return `title: Test\nlogsource: {product: any}\ndetection: ${detection}\n`;
}

/** Compiles a detection section; throws what is wrong with it. */
export function compileDetection(detection: string, options: LoadOptions = {}): CompiledRule {
  const { rules, problems } = loadText(ruleText(detection), options);
  const [rule] = rules;
  if (!rule) throw new Error(JSON.stringify(problems));
  return rule;
}

/** Compiles a selection of its own, written as YAML. */
export function compileSelectionOf(selection: string, options: LoadOptions = {}): CompiledRule {
  return compileDetection(`{selection: ${selection}, condition: selection}`, options);
}

/** The code of the first problem that a detection section has. */
export function problemOf(detection: string, options: LoadOptions = {}): string | undefined {
  return loadText(ruleText(detection), options).problems[0]?.code;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CORPUS = process.env['YUHENG_CORPUS'] ?? `${ROOT}../shared/data`;

/** A folder of the public test data, or `undefined` (said on the console) where it is not there. */
export function corpusFolder(name: string): string | undefined {
  const folder = `${CORPUS}/${name}`;
  if (existsSync(folder)) return folder;
  console.info(`skipped: no test data at ${folder}; set YUHENG_CORPUS to the folder that holds ${name}`);
  return undefined;
}

/** The files below a folder that end in one of the given ways, by path. */
export function filesBelow(folder: string, ...ends: string[]): readonly SigmaSource[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => ends.some((end) => file.endsWith(end)))
    .sort()
    .map((file) => ({ file, text: readFileSync(`${folder}/${file}`, 'utf8') }));
}
