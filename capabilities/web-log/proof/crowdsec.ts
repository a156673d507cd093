import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Record } from '@yuheng/engine';
import { corpus, corpusFile, corpusFiles, recordsOf, sourceOf } from './corpus.ts';
import { labelOf, NAMES } from './crowdsec-names.ts';
import type { Miss } from './misses.ts';

/** What CrowdSec tells of its own run: files and programs. */
const OWN = new Set(['datasource_path', 'datasource_type', 'program']);
const LABEL = new Set(['log_type', 'service', 'sub_type']);
const ASSERTION =
  /^results\["(s0\d-[a-z]+)"\]\["([^"]+)"\]\[(\d+)\]\.Evt\.(?:Parsed|Meta|Enriched)\["([^"]+)"\] == (.+)$/;

interface Assertion {
  readonly stage: string;
  readonly index: number;
  readonly parser: string;
  readonly name: string;
  readonly expected: string;
}

/** Every asserted field of the tests whose input is ours, and those that do not hold. */
export async function runCrowdsec(): Promise<{ tests: string[]; asserted: number; misses: Miss[] }> {
  const tests: string[] = [];
  const misses: Miss[] = [];
  let asserted = 0;
  for (const path of corpusFiles('logs/crowdsec', /parser\.assert$/)) {
    const folder = dirname(path);
    const test = basename(folder);
    const log = readdirSync(join(corpus, folder)).find((name) => name.endsWith('.log'));
    if (log === undefined) continue;
    const bytes = corpusFile(join(folder, log));
    const source = sourceOf(bytes);
    if (!source) continue;
    tests.push(test);
    const { records } = await recordsOf(bytes, source);
    for (const assertion of aligned(corpusFile(path).toString(), records)) {
      asserted++;
      const { parser, name, expected, index } = assertion;
      const found = foundBy(assertion, records[index]);
      if (!equal(expected, found)) misses.push({ test, name: `${parser} ${name}`, expected, found: String(found) });
    }
  }
  return { tests, asserted, misses };
}

function foundBy({ name, expected }: Assertion, record: Record | undefined): unknown {
  if (!record) return undefined;
  // Its first stage calls the whole line the message, later ones what the line says.
  if (name === 'message' && record.raw.trim() !== expected.trim()) return record.fields['message'];
  return LABEL.has(name) ? labelOf(expected, record) : NAMES[name]?.(record);
}

/** A stage leaves out lines that it did not understand, so a line is found again by its text. */
function aligned(text: string, records: readonly Record[]): Assertion[] {
  const all = text.split('\n').flatMap(readAssertion);
  const lineOf = new Map<string, number>();
  const taken = new Map<string, number>();
  for (const { stage, parser, index, name, expected } of all) {
    if (name !== 'message') continue;
    const place = `${stage} ${parser} ${expected}`;
    const nth = taken.get(place) ?? 0;
    taken.set(place, nth + 1);
    const same = records.flatMap(({ raw }, at) => (raw.trim() === expected.trim() ? [at] : []));
    if (same[nth] !== undefined) lineOf.set(`${stage} ${parser} ${index}`, same[nth]);
  }
  return all
    .filter(({ name }) => !OWN.has(name))
    .map((each) => ({ ...each, index: lineOf.get(`${each.stage} ${each.parser} ${each.index}`) ?? each.index }));
}

function readAssertion(line: string): Assertion[] {
  const match = ASSERTION.exec(line);
  if (!match) return [];
  const [, stage, parser, index, name, text] = match as unknown as [string, string, string, string, string, string];
  const expected = text.startsWith('"') ? (JSON.parse(text) as string) : text;
  return [{ stage, parser, index: Number(index), name, expected }];
}

/** Times by the moment they name (error logs are read as UTC), all else as text. */
function equal(expected: string, found: unknown): boolean {
  if (typeof found === 'number' && !/^\d+$/.test(expected)) return moment(expected) === found;
  return String(found).trim() === expected.trim();
}

function moment(text: string): number {
  const common = /^(\d{2})\/(\w{3})\/(\d{4}):(.*)$/.exec(text);
  if (common) return Date.parse(`${common[1]!} ${common[2]!} ${common[3]!} ${common[4]!}`);
  if (/[Z]|[+-]\d{2}:?\d{2}$/.test(text)) return Date.parse(text);
  return Math.floor(Date.parse(`${text} UTC`));
}
