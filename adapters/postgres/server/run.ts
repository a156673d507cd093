import { spawn } from 'node:child_process';

/** Of a failed program's output, the end tells why. */
const KEPT_OUTPUT = 4096;

/** How a program ended. */
export interface Ended {
  /** Exit code 0. */
  readonly ok: boolean;
  /** The end of what it wrote to both outputs, or why it could not be started. */
  readonly output: string;
}

/** What the embedded programs see: nothing of ours, above all no PG… variable, and English messages. */
export const ENVIRONMENT = { PATH: process.env['PATH'] ?? '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** Runs a program to its end; never rejects. */
export function run(command: string, args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (text: string): void => {
      output = (output + text).slice(-KEPT_OUTPUT);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output: output.trim() }));
  });
}
