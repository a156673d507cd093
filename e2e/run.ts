import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** What a run of the command gave. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as a person would; `input` goes to its standard input. */
export function yuheng(
  args: readonly string[],
  { input, env = {} }: { input?: string | Buffer; env?: { readonly [name: string]: string } } = {},
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
