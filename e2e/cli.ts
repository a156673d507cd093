import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

export { yuheng, type Ran } from './run.ts';

/** The public data that big tests use; `undefined` where it is absent, which is said once. */
export const corpus: string | undefined = findCorpus();

function findCorpus(): string | undefined {
  const path = resolve(process.env['YUHENG_CORPUS'] ?? '../shared/data');
  if (existsSync(path)) return path;
  console.info(`Skipped: what needs the public corpus, for there is none at ${path} (set YUHENG_CORPUS).`);
  return undefined;
}

/** An empty folder that goes when the test ends. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
