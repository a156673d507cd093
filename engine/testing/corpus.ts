import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The public test data, where it lies beside the repository; its tests are skipped where it is absent. */
export const corpus = process.env['YUHENG_CORPUS'] ?? '../shared/data';
/** Whether it is there; said once where it is not. */
export const hasCorpus = existsSync(corpus);
if (!hasCorpus)
  console.info(`Skipped: what needs public test data, for there is none at ${corpus} (set YUHENG_CORPUS).`);

/** A file of the corpus. */
export function corpusFile(path: string): Buffer {
  return readFileSync(join(corpus, path));
}

/** A file of the corpus as text. */
export function corpusText(path: string): string {
  return readFileSync(join(corpus, path), 'utf8');
}

/** All files below a folder of the corpus whose names end so, sorted. */
export function corpusFiles(folder: string, ending: RegExp): string[] {
  return readdirSync(join(corpus, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path))
    .map((path) => join(folder, path))
    .sort();
}
