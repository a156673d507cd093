import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { dump, load } from 'js-yaml';
import { filesBelow } from './corpus.ts';
import { measureProcess, median, rounded, type Figures } from './measure.ts';

/** Rules of the pack that is tested, each with one case that must match and one that must not. */
const PACK = 500;
const ROUNDS = 3;

interface Cases {
  readonly match: readonly object[];
  readonly miss: readonly object[];
}

/** `yuheng rules test` over a pack of 500 rules: our own over and over. */
export async function rulesBench(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-bench-'));
  try {
    writePack(folder);
    const args = [resolve('bin/yuheng.mjs'), 'rules', 'test', folder];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`The pack does not pass: ${stdout}`);
    const runs = Array.from({ length: ROUNDS }, () => measureProcess(process.execPath, args)!);
    return {
      rules: PACK,
      rules_test_wall_s: rounded(median(runs.map((run) => run.wallSeconds))),
      rules_test_cpu_s: rounded(median(runs.map((run) => run.cpuSeconds))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writePack(folder: string): void {
  const tests = filesBelow('capabilities', /\.test\.yml$/);
  for (let index = 0; index < PACK; index++) {
    const test = tests[index % tests.length]!;
    const name = `${index}-${basename(test, '.test.yml')}`;
    const { match, miss } = load(readFileSync(test, 'utf8')) as Cases;
    writeFileSync(join(folder, `${name}.yml`), readFileSync(test.replace('.test.yml', '.yml')));
    writeFileSync(join(folder, `${name}.test.yml`), dump({ match: match.slice(0, 1), miss: miss.slice(0, 1) }));
  }
}
