import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCorpus } from '@yuheng/engine/testing';
import { describe, expect, it } from 'vitest';
import { compareOcsf } from './differential-ocsf.ts';

/** The rules that are known to come out differently, by kind of event and by who alone finds them. */
function explained(): string[] {
  const lines = readFileSync(join(import.meta.dirname, 'differential-ocsf.tsv'), 'utf8')
    .trimEnd()
    .split('\n');
  const rows = lines.filter((line) => !line.startsWith('#')).slice(1);
  return rows.map((line) => {
    const [rule, kind, only, cause] = line.split('\t');
    if (!cause) throw new Error(`differential-ocsf.tsv explains nothing: ${line}`);
    return `${rule} ${kind} ${only}`;
  });
}

describe.skipIf(!hasCorpus)('Sigma rules over OCSF events', () => {
  it('find what they find in the records that these were made of', { timeout: 600_000 }, async () => {
    const { events, answered, rules, agreed, differences } = await compareOcsf(1);
    console.info(`${events} events, ${answered} of ${rules} rules answered, ${agreed} matches of both.`);
    expect([events > 100_000, answered / rules > 0.7, agreed > 2_000]).toEqual([true, true, true]);
    const found = new Set(differences.map(({ uid, kind, only }) => `${uid} ${kind} ${only}`));
    expect([...found].sort()).toEqual(explained().sort());
  });
});
