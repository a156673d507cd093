import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureProcess, median, rounded, ROUNDS, type Figures } from './measure.ts';

/** How long the command takes to say its help, and to hunt one line with our rules, beside Node doing nothing. */
export async function startBench(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-bench-'));
  try {
    const line = join(folder, 'one.json');
    writeFileSync(line, '{"Channel":"Security","EventID":4624,"Computer":"a","TimeCreated":"2026-03-01T00:00:00Z"}\n');
    const wall = (args: string[]): number =>
      median(Array.from({ length: ROUNDS }, () => measureProcess(process.execPath, args)?.wallSeconds ?? Number.NaN));
    const node = wall(['-e', '0']);
    const help = wall(['bin/yuheng.mjs', '--help']);
    const hunt = wall(['bin/yuheng.mjs', 'hunt', line, '--quiet']);
    return {
      node_s: rounded(node),
      help_s: rounded(help),
      hunt_one_line_s: rounded(hunt),
      help_vs_node: rounded(help / node),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
