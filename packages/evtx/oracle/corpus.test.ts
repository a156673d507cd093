import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EvtxBatch } from '../src/index.ts';
import { readEvtx } from '../src/index.ts';
import { canonicalJson } from './canonical.ts';
import { corpus, corpusFile, tableRows } from './corpus.ts';

/** Records that only one of the two readers has, or that they read in two ways: see differences.tsv for the causes. */
interface Difference {
  readonly file: string;
  readonly first: bigint;
  readonly last: bigint;
  readonly side: string;
}

const DIFFERENCES = tableRows(join(import.meta.dirname, 'differences.tsv')).map(
  ([file = '', first = '', last = '', side = '']): Difference => ({
    file,
    first: BigInt(first),
    last: BigInt(last),
    side,
  }),
);
const HASHES = tableRows(join(import.meta.dirname, 'hashes.tsv')) as [file: string, records: string, sha256: string][];

async function readFile(path: string): Promise<EvtxBatch> {
  const all: EvtxBatch = { records: [], losses: [] };
  for await (const { records, losses } of readEvtx([corpusFile(path)])) {
    all.records.push(...records);
    all.losses.push(...losses);
  }
  return all;
}

/** How many records we have that the oracle has not, less those that it has and we have not. */
function surplus(file: string): number {
  const sign = (side: string): number => (side === 'ours' ? 1 : side === 'theirs' ? -1 : 0);
  const rows = DIFFERENCES.filter((row) => row.file === file);
  return rows.reduce((sum, { first, last, side }) => sum + sign(side) * Number(last - first + 1n), 0);
}

function filesOf(folder: string): string[] {
  const names = readdirSync(join(corpus ?? '', folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.evtx(\.gz)?$/.test(name)).map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
}

describe.skipIf(corpus === undefined)('the public samples', () => {
  it('are all in hashes.tsv', () => {
    const files = [...filesOf('evtx'), ...filesOf('sigma-regression')];
    expect(HASHES.map(([file]) => file).toSorted()).toEqual(files.toSorted());
  });

  it.each(HASHES)('%s reads as PyPI evtx reads it', async (file, count, sha256) => {
    const explained = DIFFERENCES.filter((row) => row.file === file);
    const { records } = await readFile(file);
    const compared = records.filter(
      ({ recordId: id }) => !explained.some(({ first, last }) => id >= first && id <= last),
    );
    const hash = createHash('sha256');
    for (const { root } of compared) hash.update(`${canonicalJson(root)}\n`);
    expect([compared.length, hash.digest('hex')]).toEqual([Number(count), sha256]);
  });

  it('have as many records as their index says', async () => {
    for (const [path, , , , , ok] of tableRows(join(corpus ?? '', 'evtx/INDEX.tsv'))) {
      const file = `evtx/${path}`;
      if (!/\.evtx(\.gz)?$/.test(file)) continue;
      expect([file, (await readFile(file)).records.length]).toEqual([file, Number(ok) + surplus(file)]);
    }
  });

  it('have as many records as the tests of the crate say', async () => {
    const rows = tableRows(join(corpus ?? '', 'evtx/parser-edge/EXPECTED_COUNTS.tsv'));
    const here = rows.filter(([, , , , isHere]) => isHere === 'yes');
    expect(here).toHaveLength(12);
    const files = filesOf('evtx/parser-edge');
    for (const [name = '', , ok] of here) {
      const file = files.find((path) => path.replace(/\.gz$/, '').endsWith(`/${name}`)) ?? name;
      expect([file, (await readFile(file)).records.length]).toEqual([file, Number(ok) + surplus(file)]);
    }
  });
});

/** Every file of the samples in which records were lost: how many at least, and how many losses were said in all. */
const LOST: readonly [file: string, records: number, losses: number][] = [
  ['2-vss_0-Microsoft-Windows-RemoteDesktopServices-RdpCoreTS%4Operational.evtx.gz', 2, 4],
  ['2-vss_0-Microsoft-Windows-TerminalServices-RemoteConnectionManager%4Operational.evtx.gz', 1, 3],
  ['2-vss_7-System.evtx.gz', 262, 1],
  ['Microsoft-Windows-HelloForBusiness%4Operational.evtx', 1, 2],
  ['sample-with-zero-data-size-event.evtx.gz', 1, 2],
  ['sample_with_a_bad_chunk_magic.evtx.gz', 120, 94],
];

describe.skipIf(corpus === undefined)('the damaged samples', () => {
  it('lose what the table says and nothing else', async () => {
    const lost: [string, number, number][] = [];
    for (const [file] of HASHES) {
      const { losses } = await readFile(file);
      const records = losses.reduce((sum, loss) => sum + loss.records, 0);
      if (records > 0) lost.push([file.replace('evtx/parser-edge/', ''), records, losses.length]);
    }
    expect(lost).toEqual(LOST);
  });
});
