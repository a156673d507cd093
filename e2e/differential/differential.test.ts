import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareWithSqlite } from './compare.ts';

const corpus = resolve(process.env['YUHENG_CORPUS'] ?? '../shared/data');
const python = process.env['YUHENG_PYTHON'] ?? 'python3';

/** Why the comparison cannot be made here. */
function lack(): string | undefined {
  if (!existsSync(join(corpus, 'sigma'))) return `there is no public corpus at ${corpus} (YUHENG_CORPUS)`;
  const { status } = spawnSync(python, ['-c', 'import sigma.backends.sqlite'], { stdio: 'ignore' });
  return status === 0 ? undefined : `${python} lacks pySigma (pip install pysigma-backend-sqlite; YUHENG_PYTHON)`;
}

const lacking = lack();
if (lacking !== undefined) console.info(`Skipped: the comparison with pySigma and SQLite, for ${lacking}.`);

/** The rules that are known to come out differently, and whether they differ or cannot be converted. */
function explained(): string[] {
  const lines = readFileSync(join(import.meta.dirname, 'differences.tsv'), 'utf8')
    .trimEnd()
    .split('\n');
  const rows = lines.filter((line) => !line.startsWith('#')).slice(1);
  return rows.map((line) => {
    const [rule, what, cause] = line.split('\t');
    if (!cause) throw new Error(`differences.tsv explains nothing: ${line}`);
    return `${rule} ${what}`;
  });
}

describe.skipIf(lacking !== undefined)('pySigma’s rules in SQLite', () => {
  it('find in the public event logs what ours find, each difference explained', { timeout: 600_000 }, async () => {
    const { events, rules, asked, agreed, unconverted, differences } = await compareWithSqlite(corpus, python);
    const told = `${events} events, ${rules} rules, ${asked} pairs: ${agreed} matches of both, ${differences.length} rules differ, ${Object.keys(unconverted).length} cannot be converted.`;
    console.info(told);
    expect([events > 20_000, rules > 2_000, agreed > 1_000]).toEqual([true, true, true]);
    const found = [
      ...differences.map(({ uid }) => `${uid} differs`),
      ...Object.keys(unconverted).map((uid) => `${uid} unconverted`),
    ];
    expect(found.sort()).toEqual(explained().sort());
  });
});
