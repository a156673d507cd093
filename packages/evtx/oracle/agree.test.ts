import { describe, expect, it } from 'vitest';
import { eventFields, readEvtx, toJsonLines } from '../src/index.ts';
import { corpus, corpusFile, tableRows } from './corpus.ts';
import { join } from 'node:path';

const FILES = tableRows(join(import.meta.dirname, 'hashes.tsv')).map(([file = '']) => file);

describe.skipIf(corpus === undefined)('the public samples', () => {
  it.each(FILES)('%s reads without trees as it does with them', async (file) => {
    for await (const { records } of readEvtx([corpusFile(file)])) {
      const lines = toJsonLines(records).toString().split('\n').slice(0, -1);
      const tables = records.map(({ fields }) => fields);
      // Only now are the trees built.
      const expected = records.map(({ root }) => eventFields(root));
      expect(tables).toEqual(expected);
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(expected.map((fields) => ({ ...fields })));
    }
  });
});
