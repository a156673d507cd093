import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Counts, memoryFile, parse, readHead, recognise, YearCounter, type Record, type Source } from '@yuheng/engine';
import { linuxLog } from '../capability.ts';

/** The public test data, where it lies beside the repository; its tests are skipped where it is absent. */
export const corpus = process.env['YUHENG_CORPUS'] ?? '../shared/data';
export const hasCorpus = existsSync(corpus);
if (!hasCorpus) console.info(`skipped: no public test data at ${corpus} (YUHENG_CORPUS)`);

/** A file of the corpus as text. */
export function corpusText(path: string): string {
  return readFileSync(join(corpus, path), 'utf8');
}

/** What this capability takes a text for. */
export function sourceOf(bytes: Uint8Array): Source | undefined {
  return recognise(readHead(bytes.subarray(0, 65_536), bytes.length <= 65_536), [linuxLog]);
}

/** A source by its id. */
export function sourceById(id: string): Source {
  const source = linuxLog.sources.find((each) => each.id === id);
  if (!source) throw new Error(`linux-log has no source ${id}`);
  return source;
}

/** Records of a text, and what became of its lines. Dates without a year begin in `year`. */
export async function recordsOf(
  text: string | Uint8Array,
  id: string,
  year = 2026,
  maxRecordBytes = 1 << 20,
): Promise<{ records: Record[]; counts: Counts }> {
  const source = sourceById(id);
  const counts = new Counts();
  const context = { offsetMinutes: () => 0, years: new YearCounter(year) };
  const origin = { tenant: 'default', source: id, file: 'sample' };
  const records: Record[] = [];
  const options = { batchSize: 100, maxRecordBytes, context };
  for await (const batch of parse(memoryFile('sample', text).bytes(), source, origin, counts, options))
    records.push(...batch);
  return { records, counts };
}
