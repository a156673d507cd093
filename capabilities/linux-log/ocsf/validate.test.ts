import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalize } from '@yuheng/engine';
import { validate } from '@yuheng/ocsf';
import { describe, expect, it } from 'vitest';
import { corpus, corpusText, hasCorpus, recordsOf, sourceById, sourceOf } from '../proof/corpus.ts';

/** Every log of the corpus that is ours, and what is wrong with the OCSF events made of its records. */
describe.skipIf(!hasCorpus)('Linux records as OCSF 1.8', () => {
  it('validate, every one', async () => {
    const problems = new Map<string, number>();
    const classes = new Map<number, number>();
    for (const path of indexedFiles()) {
      const bytes = readFileSync(join(corpus, 'logs', path));
      const source = sourceOf(bytes);
      if (!source) continue;
      for (const record of (await recordsOf(bytes, source.id)).records) {
        const event = normalize(record, sourceById(source.id));
        classes.set(event.class_uid, (classes.get(event.class_uid) ?? 0) + 1);
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
    console.info('OCSF events by class:', JSON.stringify(Object.fromEntries(classes)));
    expect(classes.get(3002)).toBeGreaterThan(3000);
    expect(classes.get(1007)).toBeGreaterThan(150);
  });
});

function indexedFiles(): string[] {
  return corpusText('logs/INDEX.tsv')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t')[0]!);
}
