import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type Record } from '@yuheng/engine';
import { auditValue } from './audit-names.ts';
import { corpus, corpusText, recordsOf } from './corpus.ts';
import type { Miss } from './misses.ts';

const FOLDER = 'logs/auditd/go-libaudit/aucoalesce/testdata';

/** Words of go-libaudit's own about an event (what it calls the category, the action, the direction), not values of its records. */
const OWN = /^(?:category|summary|ecs|network|file|source|destination)\b/;

/** Every value of go-libaudit's joined events (aucoalesce), against the same lines joined here. */
export async function runAucoalesce(): Promise<{ events: number; asserted: number; misses: Miss[] }> {
  const misses: Miss[] = [];
  let events = 0;
  let asserted = 0;
  for (const file of readdirSync(join(corpus, FOLDER)).filter((name) => name.endsWith('.yaml'))) {
    const golden = JSON.parse(corpusText(`${FOLDER}/${file.replace('.yaml', '.json.golden')}`)) as {
      test_name: string;
      event: object;
    }[];
    const inputs = readTests(corpusText(`${FOLDER}/${file}`));
    for (const { test_name: name, event } of golden) {
      const { records } = await recordsOf(inputs.get(name) ?? '', 'auditd');
      events++;
      for (const [path, expected] of leaves(event)) {
        if (OWN.test(path)) continue;
        asserted++;
        const found = records.length === 1 ? String(valueAt(path, records[0]!)) : `${records.length} events`;
        if (found !== expected) misses.push({ test: `${file} ${name}`, name: path, expected, found });
      }
    }
  }
  return { events, asserted, misses };
}

/** `tests:` of a YAML file whose values are all block texts: name → lines. */
function readTests(text: string): Map<string, string> {
  const tests = new Map<string, string>();
  let name = '';
  for (const line of text.split('\n')) {
    const title = /^ {2}"?([^"]+?)"?: [|>]-?\s*$/.exec(line);
    if (title) tests.set((name = title[1]!), '');
    else if (line.startsWith('    ')) tests.set(name, `${tests.get(name) ?? ''}${line.slice(4)}\n`);
  }
  return tests;
}

function* leaves(value: unknown, path = ''): Generator<readonly [path: string, value: string]> {
  if (Array.isArray(value)) for (const [index, part] of value.entries()) yield* leaves(part, `${path}.${index}`);
  else if (isObject(value))
    for (const [name, part] of Object.entries(value)) yield* leaves(part, path === '' ? name : `${path}.${name}`);
  else yield [path, path === '@timestamp' ? new Date(String(value)).toISOString() : String(value)];
}

/** go-libaudit's paths, in our fields. */
function valueAt(path: string, { fields, time }: Record): unknown {
  const parts = path.split('.');
  const [first, second, third] = parts;
  const all = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
  if (path === '@timestamp') return new Date(time.ms).toISOString();
  if (path === 'sequence') return fields['serial'];
  if (path === 'record_type') return String(all(fields['type'])[0]).toLowerCase();
  if (path === 'session') return auditValue('ses', fields);
  if (first === 'tags') return all(fields['key'])[Number(second)];
  if (first === 'paths')
    return auditValue(third!, (fields['paths'] as { [name: string]: unknown }[] | undefined)?.[Number(second)] ?? {});
  if (first === 'user' && second === 'selinux') return auditValue(`subj_${third!}`, fields);
  if (first === 'user') return auditValue(third!, fields);
  if (first === 'process') return valueOfProcess(second!, third, fields);
  return auditValue(parts.at(-1)!.replace(/^socket_/, ''), fields);
}

function valueOfProcess(name: string, index: string | undefined, fields: Record['fields']): unknown {
  if (name === 'args') return fields[`a${index!}`];
  return fields[{ name: 'comm', title: 'proctitle' }[name] ?? name];
}
