import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Counts, memoryFile, parse, readHead, recognise, YearCounter, type Record, type Source } from '@yuheng/engine';
import { zeekEve } from '../capability.ts';

/** The public test data, where it lies beside the repository; its tests are skipped where it is absent. */
export const corpus = process.env['YUHENG_CORPUS'] ?? '../shared/data';
export const hasCorpus = existsSync(corpus);
if (!hasCorpus)
  console.info(`Skipped: what needs public test data, for there is none at ${corpus} (set YUHENG_CORPUS).`);

const HEAD_BYTES = 65_536;

/** A file of the corpus. */
export function corpusFile(path: string): Buffer {
  return readFileSync(join(corpus, path));
}

/** All files below a folder of the corpus whose names end so, sorted. */
export function corpusFiles(folder: string, ending: RegExp): string[] {
  return readdirSync(join(corpus, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path))
    .map((path) => join(folder, path))
    .sort();
}

/** What this capability takes a file for. */
export function sourceOf(bytes: Uint8Array): Source | undefined {
  return recognise(readHead(bytes.subarray(0, HEAD_BYTES), bytes.length <= HEAD_BYTES), [zeekEve]);
}

/** Records of a file, and what became of its lines. */
export async function recordsOf(
  content: string | Uint8Array,
  source: Source,
): Promise<{ records: Record[]; counts: Counts }> {
  const counts = new Counts();
  const origin = { tenant: 'default', source: source.id, file: 'sample' };
  const context = { offsetMinutes: () => 0, years: new YearCounter(2026) };
  const options = { batchSize: 1000, maxRecordBytes: 1 << 20, context };
  const records: Record[] = [];
  for await (const batch of parse(memoryFile('sample', content).bytes(), source, origin, counts, options)) {
    records.push(...batch);
  }
  return { records, counts };
}
