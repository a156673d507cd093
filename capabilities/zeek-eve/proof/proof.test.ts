import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasCorpus } from './corpus.ts';
import { runBaselines } from './zeek-baselines.ts';

describe.skipIf(!hasCorpus)('what others wrote down about sensor logs', () => {
  it('comes out; proof.json holds the figures', async () => {
    const { files, entries, columns, wrong } = await runBaselines();
    const suite = 'Zeek baselines: entries with every column that is set';
    const suites = [{ suite, passed: entries - wrong.length, total: entries, least: 1 }];
    console.info(`${files} files, ${entries} entries, ${columns} set columns`, suites);
    expect(wrong).toEqual([]);
    expect(files).toBeGreaterThan(260);
    expect(JSON.parse(readFileSync(join(import.meta.dirname, '../proof.json'), 'utf8'))).toEqual(suites);
  });
});
