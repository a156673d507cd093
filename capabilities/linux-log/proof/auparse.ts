import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { auditFields } from '../sources/audit-fields.ts';
import { readAuditLine } from '../sources/audit-line.ts';
import { readAuditPairs } from '../sources/audit-pairs.ts';
import { auditValue } from './audit-names.ts';
import { corpus, corpusText } from './corpus.ts';
import type { Miss } from './misses.ts';

const FOLDER = 'logs/auditd/go-libaudit/auparse/testdata';

interface Golden {
  readonly '@timestamp': string;
  readonly record_type: string;
  readonly sequence: number;
  readonly raw_msg: string;
  readonly data: { readonly [name: string]: string } | null;
  readonly error?: string;
}

/** Every value of go-libaudit's golden records (auparse), against the same record read here. */
export function runAuparse(): { records: number; asserted: number; misses: Miss[] } {
  const misses: Miss[] = [];
  let records = 0;
  let asserted = 0;
  for (const name of readdirSync(join(corpus, FOLDER)).filter((file) => file.endsWith('.golden'))) {
    for (const golden of JSON.parse(corpusText(`${FOLDER}/${name}`)) as (Golden | null)[]) {
      if (!golden) continue;
      records++;
      for (const [what, expected, found] of compare(golden)) {
        asserted++;
        if (expected !== found) misses.push({ test: name, name: `${golden.record_type} ${what}`, expected, found });
      }
    }
  }
  return { records, asserted, misses };
}

function* compare(golden: Golden): Generator<readonly [what: string, expected: string, found: string]> {
  const type = golden.record_type.toUpperCase();
  const line = readAuditLine(`type=${type} msg=${golden.raw_msg}`);
  const fields = auditFields(line ? [{ type, pairs: readAuditPairs(type, line.body) }] : []);
  yield ['sequence', String(golden.sequence), String(line?.serial)];
  yield ['@timestamp', new Date(golden['@timestamp']).toISOString(), line ? new Date(line.time.ms).toISOString() : ''];
  for (const [name, expected] of Object.entries(golden.data ?? {}))
    yield [name, expected, String(auditValue(name, fields))];
}
