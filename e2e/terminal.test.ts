import { spawn } from 'node:child_process';
import { existsSync, openSync, closeSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../apps/cli/table/display-width.ts';
import { emptyFolder, yuheng } from './cli.ts';

// What a person has before them: tables that fit, a terminal that is left as it was, pipes that end.

describe('the end of a hunt fits the terminal', () => {
  const widths = [40, 60, 80, 100, 120, 200];
  it.each(widths.flatMap((width) => [[width, 'en'] as const, [width, 'zh-CN'] as const]))(
    '%i columns, %s',
    async (width, lang) => {
      const env = { COLUMNS: String(width) };
      const { stdout } = await yuheng(['hunt', 'samples', '--lang', lang], { env });
      const lines = stdout.split('\n');
      expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
      expect(lines.filter((line) => line.startsWith('──'))).toHaveLength(2);
      // Each rule has its line, and nothing stands between: 17 rules and the head, more only where titles are folded.
      const table = lines.slice(lines.findLastIndex((line) => line.startsWith('──')) + 1);
      expect(table.indexOf('')).toBeGreaterThanOrEqual(17);
      if (width >= 120 && lang === 'zh-CN') expect(table.indexOf('')).toBe(17);
    },
  );

  it('is 120 columns wide at most where there is no terminal, and its sentences are left whole', async () => {
    const { stdout } = await yuheng(['hunt', 'samples'], { env: { COLUMNS: '' } });
    expect(Math.max(...stdout.split('\n').map(displayWidth))).toBeLessThanOrEqual(120);
    expect(stdout).toMatch(/^2 incidents in 19 findings\. The worst: .*\.$/m);
  });
});

/** Runs the command with its standard output going somewhere; what came on standard error, and how it ended. */
function into(
  stdout: 'closed pipe' | number,
  args: readonly string[],
): Promise<{ status: number | null; stderr: string }> {
  return new Promise((done) => {
    const stdio = ['ignore', stdout === 'closed pipe' ? 'pipe' : stdout, 'pipe'] as const;
    const child = spawn(process.execPath, [resolve('bin/yuheng.mjs'), ...args], { stdio: [...stdio] });
    if (stdout === 'closed pipe') child.stdout!.destroy();
    let stderr = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('close', (status) => done({ status, stderr }));
  });
}

describe('standard output', () => {
  const calls = [
    ['--help'],
    ['doctor'],
    ['version'],
    ['completion', 'bash'],
    ['hunt', 'samples', '--json', '--quiet'],
    ['hunt', 'samples', '--workers', '2'],
    ['rules', 'stats', 'samples/web01'],
    ['rules', 'check', 'capabilities/linux-log/rules'],
  ];

  it.each(calls.map((call) => [call]))('that nobody reads any more ends quietly: %j', async (call) => {
    expect(await into('closed pipe', call)).toEqual({ status: 0, stderr: '' });
  });

  it.skipIf(!existsSync('/dev/full')).each(calls.map((call) => [call]))('on a full disk is told: %j', async (call) => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = await into(full, call);
    closeSync(full);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^YH-FILE-NO-SPACE: Standard output could not be written: /m);
    expect(stderr).not.toMatch(/\bat .*\(|Unhandled/);
  });
});

describe.skipIf(process.platform !== 'linux' || !existsSync('/usr/bin/script'))('a hunt that is stopped', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s gives cursor and line wrap back',
    async (signal) => {
      const log = join(emptyFolder(), 'auth.log');
      const line = 'Mar  1 10:00:00 web01 sshd[1]: Failed password for root from 203.0.113.9 port 50022 ssh2\n';
      writeFileSync(log, line.repeat(400_000));
      const call = `echo "pid=$$"; exec "${process.execPath}" "${resolve('bin/yuheng.mjs')}" hunt "${log}"`;
      const child = spawn('/usr/bin/script', ['-qfec', call, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'] });
      let screen = '';
      let sent = false;
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        screen += text;
        const pid = /pid=(\d+)/.exec(screen)?.[1];
        if (sent || pid === undefined || !screen.includes('%')) return;
        sent = true;
        process.kill(Number(pid), signal);
      });
      await new Promise((ended) => child.on('close', ended));
      expect(sent).toBe(true);
      for (const mode of ['?25', '?7']) {
        expect(screen.lastIndexOf(`[${mode}h`)).toBeGreaterThan(screen.lastIndexOf(`[${mode}l`));
        expect(screen).toContain(`[${mode}l`);
      }
    },
    60_000,
  );
});
