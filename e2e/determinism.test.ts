import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpus, emptyFolder, yuheng } from './cli.ts';

// Law 2: the same records give byte-identical findings and incidents at any batch size, number of workers and order of files.

interface Outcome {
  readonly findings: string;
  readonly incidents: string;
  readonly records: unknown;
}

async function hunt(paths: string[], ...flags: string[]): Promise<Outcome> {
  const folder = emptyFolder();
  const out = join(folder, 'findings.ndjson');
  const incidents = join(folder, 'incidents.ndjson');
  const ran = await yuheng(['hunt', ...paths, '--out', out, '--incidents', incidents, '--json', '--quiet', ...flags]);
  expect(ran.stderr).toBe('');
  expect(ran.status).toBe(0);
  const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
  return {
    findings: hash(out),
    incidents: hash(incidents),
    records: (JSON.parse(ran.stdout) as { records: unknown }).records,
  };
}

describe.skipIf(!corpus)('over the real data, with the rules of SigmaHQ and ours', () => {
  const paths = ['evtx', 'otrf', 'logs', 'sigma-regression'].map((name) => join(corpus!, name));
  const rules = ['--rules', join(corpus!, 'sigma')];
  let first: Promise<Outcome> | undefined;
  const reference = (): Promise<Outcome> => (first ??= hunt(paths, ...rules, '--workers', '1', '--batch-size', '1000'));

  it.each([
    ['batches of 1', paths, ['--workers', '1', '--batch-size', '1']],
    ['batches of 7 on 4 workers', paths, ['--workers', '4', '--batch-size', '7']],
    ['shuffled arguments on 4 workers', [paths[2]!, paths[0]!, paths[3]!, paths[1]!], ['--workers', '4']],
  ])(
    'gives the same with %s',
    async (_, order, flags) => {
      expect(await hunt(order, ...rules, ...flags)).toEqual(await reference());
    },
    600_000,
  );

  it('keeps the books', async () => {
    const { read, parsed, unparsed, refused } = (await reference()).records as {
      read: number;
      parsed: number;
      unparsed: number;
      refused: { [reason: string]: number };
    };
    expect(read).toBe(parsed + unparsed + Object.values(refused).reduce((sum, count) => sum + count, 0));
    expect(read).toBeGreaterThan(100_000);
  }, 600_000);
});
