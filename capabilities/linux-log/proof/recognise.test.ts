import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpus, corpusText, hasCorpus, recordsOf, sourceOf } from './corpus.ts';

/** What each log of the corpus is taken for; every file that is not named here is left to others. */
const expected = (): Map<string, string> =>
  new Map(
    readFileSync(join(import.meta.dirname, 'recognise.tsv'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('\t') as [string, string]),
  );

describe.skipIf(!hasCorpus)('recognition on all logs of the corpus', () => {
  it('takes its own and nothing else', async () => {
    const taken: [string, string][] = [];
    for (const line of corpusText('logs/INDEX.tsv').trim().split('\n').slice(1)) {
      const path = line.split('\t')[0]!;
      const bytes = readFileSync(join(corpus, 'logs', path));
      const source = sourceOf(bytes);
      if (!source) continue;
      taken.push([path, source.id]);
      const { counts } = await recordsOf(bytes, source.id);
      expect(counts.balanced, path).toBe(true);
    }
    expect(new Map(taken)).toEqual(expected());
  });
});
