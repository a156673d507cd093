import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

/** The public data that big tests use; `undefined` where it is absent, which is said once. */
export const corpus: string | undefined = findCorpus();

function findCorpus(): string | undefined {
  const path = resolve(process.env['YUHENG_CORPUS'] ?? '../shared/data');
  if (existsSync(path)) return path;
  console.info(`Skipped: what needs the public corpus, for there is none at ${path} (set YUHENG_CORPUS).`);
  return undefined;
}

/** What a run of the command gave. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as a person would; `input` goes to its standard input. */
export function yuheng(
  args: readonly string[],
  { input, env = {} }: { input?: string | Buffer; env?: { [name: string]: string } } = {},
): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [resolve('bin/yuheng.mjs'), ...args], {
      env: { ...process.env, LANG: 'C', LC_ALL: 'C', ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', fail).on('close', (status) => done({ status, stdout, stderr }));
    child.stdin.on('error', () => {}).end(input);
  });
}

/** An empty folder that goes when the test ends. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
