import { describe, expect, it } from 'vitest';
import { corpusFile, corpusFiles, hasCorpus, recordsOf, sourceOf } from './corpus.ts';

/** The only log of the corpus's other folders that is ours. */
const OURS = new Map([['logs/crowdsec/suricata-eve-detect/suricata-eve-detect.log', 'suricata-eve']]);

describe.skipIf(!hasCorpus)('recognition', () => {
  it('takes one of all logs of the corpus and leaves the others', () => {
    const rows = corpusFile('logs/INDEX.tsv').toString().trim().split('\n').slice(1);
    const paths = rows.map((line) => `logs/${line.split('\t')[0]!}`);
    const taken = paths.flatMap((path) => {
      const source = sourceOf(corpusFile(path));
      return source ? [[path, source.id] as const] : [];
    });
    expect(new Map(taken)).toEqual(OURS);
  });

  it('takes all logs of Zeek that have a header, no others, and keeps the books', async () => {
    for (const path of corpusFiles('zeek/Baseline', /\.log[\w.]*$/)) {
      const bytes = corpusFile(path);
      const source = sourceOf(bytes);
      expect(source?.id, path).toBe(/^#fields\t/m.test(bytes.toString()) ? 'zeek-tsv' : undefined);
      if (source) expect((await recordsOf(bytes, source)).counts, path).toMatchObject({ unparsed: 0, balanced: true });
    }
  });
});
