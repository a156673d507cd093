import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

const folder = resolve(import.meta.dirname, '../../..', process.env['YUHENG_CORPUS'] ?? '../shared/data');

/** The folder of public samples, or undefined where it is not at hand: then tests that need it are skipped, and say so. */
export const corpus: string | undefined = existsSync(join(folder, 'evtx/INDEX.tsv')) ? folder : undefined;

if (corpus === undefined) console.info(`skipped: what needs the public samples; none in ${folder} (YUHENG_CORPUS)`);

/** A file of the corpus, unpacked. */
export function corpusFile(path: string): Buffer {
  const bytes = readFileSync(join(corpus ?? folder, path));
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** The rows of a table of the corpus or of this folder: tab-separated, with a line of names, `#` before a remark. */
export function tableRows(path: string): string[][] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines
    .filter((line) => !line.startsWith('#'))
    .slice(1)
    .map((line) => line.split('\t'));
}
