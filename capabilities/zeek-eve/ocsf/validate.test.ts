import { statSync } from 'node:fs';
import { join } from 'node:path';
import { normalize } from '@yuheng/engine';
import { validate } from '@yuheng/ocsf';
import { describe, expect, it } from 'vitest';
import { corpus, corpusFile, corpusFiles, hasCorpus, recordsOf, sourceOf } from '../proof/corpus.ts';

/** Every log of the corpus that is ours, and what is wrong with the OCSF events made of its records. */
describe.skipIf(!hasCorpus)('sensor records as OCSF 1.8', () => {
  it('validate, every one, and every line becomes a record', async () => {
    const problems = new Map<string, number>();
    const unparsed = new Map<string, number>();
    const classes = new Map<number, number>();
    for (const path of sensorFiles()) {
      const bytes = corpusFile(path);
      const source = sourceOf(bytes);
      if (!source) continue;
      const { records, counts } = await recordsOf(bytes, source);
      if (counts.unparsed > 0) unparsed.set(path, counts.unparsed);
      for (const record of records) {
        const event = normalize(record, source);
        classes.set(event.class_uid, (classes.get(event.class_uid) ?? 0) + 1);
        for (const { path: where, what, expected, found } of validate(event)) {
          const key = `${event.class_uid} ${where}: ${what}, expected ${expected}, found ${found}`.slice(0, 200);
          problems.set(key, (problems.get(key) ?? 0) + 1);
        }
      }
    }
    expect([...problems]).toEqual([]);
    expect([...unparsed]).toEqual([]);
    console.info('OCSF events by class:', JSON.stringify(Object.fromEntries(classes)));
    expect(classes.get(4001)).toBeGreaterThan(300);
    expect(classes.get(2004)).toBe(4);
  });
});

function sensorFiles(): string[] {
  const zeek = corpusFiles('zeek/Baseline', /./).filter((path) => statSync(join(corpus, path)).isFile());
  const others = corpusFiles('ocsf-examples/mappings/markdown/Zeek', /\.raw$/);
  return [...zeek, ...others, ...corpusFiles('logs/crowdsec', /eve.*\.log$/)];
}
