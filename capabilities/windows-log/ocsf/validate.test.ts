import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Counts, normalize, parse, YearCounter } from '@yuheng/engine';
import { validate } from '@yuheng/ocsf';
import { describe, expect, it } from 'vitest';
import { windowsLog } from '../capability.ts';

const corpus = process.env['YUHENG_CORPUS'] ?? '../shared/data';

/** Every event file below the corpus' attack samples, and what is wrong with the OCSF events made of their records. */
describe.skipIf(!existsSync(corpus))('Windows events as OCSF 1.8', () => {
  it('validates for every record of the attack samples', async () => {
    const problems = new Map<string, number>();
    let events = 0;
    for (const path of eventFiles(join(corpus, 'evtx/attack-samples'))) {
      for await (const event of ocsfEvents(path)) {
        events++;
        for (const { path: where, what, expected, found } of validate(event)) {
          const key =
            `${event.class_uid} ${event.metadata.event_code} ${where}: ${what}, expected ${expected}, found ${found}`.slice(
              0,
              200,
            );
          problems.set(key, (problems.get(key) ?? 0) + 1);
        }
      }
    }
    expect([...problems]).toEqual([]);
    expect(events).toBeGreaterThan(1000);
  });
});

function eventFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.evtx'))
    .map((entry) => join(entry.parentPath, entry.name));
}

async function* ocsfEvents(path: string): AsyncGenerator<ReturnType<typeof normalize>> {
  const source = windowsLog.sources[0]!;
  const origin = { tenant: 'default', source: source.id, file: path };
  const context = { offsetMinutes: () => 0, years: new YearCounter(2000) };
  const options = { batchSize: 100, maxRecordBytes: 1 << 20, context };
  for await (const records of parse(createReadStream(path), source, origin, new Counts(), options)) {
    for (const record of records) yield normalize(record, source);
  }
}
