import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Record } from '@yuheng/engine';
import { corpus, recordsOf, sourceOf } from './corpus.ts';
import { labelOf, read } from './crowdsec-names.ts';
import type { Miss } from './misses.ts';

/** What CrowdSec tells of its own run: files, stages, labels of constant text. */
const OWN = new Set(['Meta.datasource_path', 'Meta.datasource_type', 'Parsed.logsource']);
const LABEL = new Set([
  'Meta.log_type',
  'Meta.sub_log_type',
  'Meta.service',
  'Parsed.msg_type',
  'Meta.dovecot_login_result',
]);
const ASSERTION = /^results\["(s0\d-[a-z]+)"\]\["([^"]+)"\]\[(\d+)\]\.Evt\.(\w+)((?:\["[^"]+"\]|\[\d+\])+) == (.+)$/;

interface Assertion {
  readonly stage: string;
  readonly parser: string;
  readonly index: number;
  readonly scope: string;
  readonly path: readonly string[];
  readonly expected: string;
}

/** Every asserted field of the tests whose input is ours, and those that do not hold. */
export async function runCrowdsec(): Promise<{ tests: string[]; asserted: number; misses: Miss[] }> {
  const tests: string[] = [];
  const misses: Miss[] = [];
  let asserted = 0;
  const folder = join(corpus, 'logs/crowdsec');
  for (const { name: test } of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const log = readdirSync(join(folder, test)).find((name) => name.endsWith('.log'));
    const assertFile = join(folder, test, 'parser.assert');
    if (log === undefined || !existsSync(assertFile)) continue;
    const bytes = readFileSync(join(folder, test, log));
    const source = sourceOf(bytes);
    if (!source) continue;
    tests.push(test);
    const { records } = await recordsOf(bytes, source.id);
    for (const assertion of aligned(readFileSync(assertFile, 'utf8'), records)) {
      asserted++;
      const found = foundBy(assertion, records[assertion.index]);
      if (!equal(assertion.expected, found)) {
        const { parser, scope, path, expected } = assertion;
        misses.push({ test, name: `${parser} ${scope}.${path.join('.')}`, expected, found: String(found) });
      }
    }
  }
  return { tests, asserted, misses };
}

function foundBy({ scope, path, expected }: Assertion, record: Record | undefined): unknown {
  if (!record) return undefined;
  if (LABEL.has(`${scope}.${path.at(-1)!}`)) return labelOf(expected, record);
  return read(scope, path, record);
}

/** Later stages leave out events that earlier ones dropped, so their index is found again by the event's message. */
function aligned(text: string, records: readonly Record[]): Assertion[] {
  const all = text.split('\n').flatMap((line) => readAssertion(line));
  const messageAt = new Map<string, string>();
  for (const { stage, parser, index, scope, path, expected } of all)
    if (`${scope}.${path[0]!}` === 'Parsed.message') messageAt.set(`${stage} ${parser} ${index}`, expected);
  const lineOf = new Map<string, number>();
  const taken = new Map<string, number>();
  for (const [key, message] of messageAt) {
    const place = `${key.slice(0, key.lastIndexOf(' '))} ${message}`;
    const nth = taken.get(place) ?? 0;
    taken.set(place, nth + 1);
    const same = records.flatMap((record, index) =>
      equal(message, read('Parsed', ['message'], record)) ? [index] : [],
    );
    if (same[nth] !== undefined) lineOf.set(key, same[nth]);
  }
  return all
    .filter(({ scope, path }) => !OWN.has(`${scope}.${path[0]!}`))
    .map((each) => ({ ...each, index: lineOf.get(`${each.stage} ${each.parser} ${each.index}`) ?? each.index }));
}

function readAssertion(line: string): Assertion[] {
  const match = ASSERTION.exec(line);
  if (!match) return [];
  const path = [...match[5]!.matchAll(/\["([^"]+)"\]|\[(\d+)\]/g)].map(([, name, index]) => name ?? index!);
  const text = match[6]!;
  const expected = text.startsWith('"') ? (JSON.parse(text) as string) : text.replace(/\.0+$/, '');
  return [{ stage: match[1]!, parser: match[2]!, index: Number(match[3]), scope: match[4]!, path, expected }];
}

/** Texts without the blanks around them; a time by its time of year, in UTC; `::ffff:` before an IPv4 address is no difference. */
function equal(expected: string, found: unknown): boolean {
  const text = String(found ?? '').trim();
  if (text === expected.trim()) return true;
  const isTime = /^\d{4}-\d{2}-\d{2}T/.test(expected) && text.startsWith('-');
  return isTime && new Date(expected).toISOString().slice(4, 19) === text;
}
