import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpusFile, corpusFiles, hasCorpus, recordsOf, sourceOf } from './corpus.ts';

describe.skipIf(!hasCorpus)('recognition on all logs of the corpus', () => {
  it('takes what recognise.tsv lists and leaves everything else, and keeps the books', async () => {
    const taken: string[] = [];
    const logs = corpusFile('logs/INDEX.tsv').toString().trim().split('\n').slice(1);
    const paths = logs.map((line) => `logs/${line.split('\t')[0]!}`);
    for (const path of [...paths, ...corpusFiles('zeek/Baseline', /\.log$/)]) {
      const bytes = corpusFile(path);
      const source = sourceOf(bytes);
      if (!source) continue;
      taken.push(`${path}\t${source.id}`);
      const { counts } = await recordsOf(bytes, source);
      expect(counts.balanced, path).toBe(true);
    }
    const expected = readFileSync(join(import.meta.dirname, 'recognise.tsv'), 'utf8')
      .trim()
      .split('\n');
    expect(taken).toEqual(expected);
  });
});
