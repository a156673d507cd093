import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { memoryFile, Prover } from '@yuheng/engine';
import { loadRules, type SigmaSource } from '@yuheng/sigma';
import { beforeAll, describe, expect, it } from 'vitest';
import { windowsLog } from './capability.ts';

// What others wrote down: SigmaHQ's own regression cases, and what four other tools report on the same files.

const corpus = process.env['YUHENG_CORPUS'] ?? '../shared/data';
const present = existsSync(corpus);
if (!present)
  console.info(`Skipped: SigmaHQ regression and peers, for there is no corpus at ${corpus} (set YUHENG_CORPUS).`);

/** The share of rows that two or more peers report and that we must find. */
const LEAST_SHARE = 0.99;

/** Rows that we do not report, each with its cause; none at present. */
const EXPLAINED: { readonly [row: string]: string } = {};

/** The figures that readers see; they must be those measured here. */
const PROOF = JSON.parse(readFileSync(new URL('proof.json', import.meta.url), 'utf8')) as {
  passed: number;
  total: number;
}[];

function below(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function sigmaRules(): SigmaSource[] {
  return below(join(corpus, 'sigma'), /\.yml$/)
    .filter((file) => !file.endsWith('thor.yml'))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}

/** A table in a gzip'ed tar or plain gzip: the rows behind the header. */
function rows(path: string): string[][] {
  const text = gunzipSync(readFileSync(path)).toString('latin1');
  return text
    .slice(text.indexOf('file\trecord_id'))
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .filter((cells) => cells.length === 4);
}

describe.skipIf(!present)('all event logs of the corpus, with the rules of SigmaHQ', () => {
  const found = new Set<string>();
  let unbalanced: string[] = [];

  beforeAll(async () => {
    const prover = new Prover(loadRules(sigmaRules()), [windowsLog]);
    unbalanced = [];
    for (const folder of ['evtx', 'sigma-regression']) {
      for (const path of below(join(corpus, folder), /\.evtx(\.gz)?$/)) {
        const content = readFileSync(path);
        const name = path.slice(corpus.length + 1).replace(/\.gz$/, '');
        const { findings, counts } = await prover.run([
          memoryFile(name, path.endsWith('.gz') ? gunzipSync(content) : content),
        ]);
        if (!counts.balanced) unbalanced.push(name);
        for (const { finding } of findings) {
          for (const { data } of finding.evidences)
            found.add(`${name}\t${data.record}\t${finding.finding_info.analytic.uid}`);
        }
      }
    }
  }, 300_000);

  it('fires in every regression case at least as often as upstream says', () => {
    const cases = readFileSync(join(corpus, 'sigma-regression/INDEX.tsv'), 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'));
    const missed = cases
      .filter(([, , , type]) => type === 'evtx')
      .filter(([rule, , , , , least, path]) => {
        const prefix = `sigma-regression/${path}\t`;
        const hits = [...found].filter((row) => row.startsWith(prefix) && row.endsWith(`\t${rule}`)).length;
        return hits < Number(least || 1);
      });
    expect(missed).toEqual([]);
    expect(PROOF[0]).toMatchObject({ passed: 147 - missed.length, total: 147 });
    expect(cases.filter(([, , , type]) => type === 'evtx')).toHaveLength(147);
  });

  it(`finds ${LEAST_SHARE * 100} % of what two or more peers report, the rest explained`, () => {
    const agreed = rows(join(corpus, 'oracle/peers-evtx.tsv.gz')).filter(([, , , tools]) => tools!.includes(','));
    const missed = agreed.map((cells) => cells.slice(0, 3).join('\t')).filter((row) => !found.has(row));
    console.info(
      `Peers: ${agreed.length - missed.length} of ${agreed.length} rows that two or more report are found; ${found.size} rows are ours.`,
    );
    expect(missed.filter((row) => !(row in EXPLAINED))).toEqual([]);
    expect(missed.length / agreed.length).toBeLessThanOrEqual(1 - LEAST_SHARE);
    expect(PROOF[1]).toMatchObject({ passed: agreed.length - missed.length, total: agreed.length });
  });

  it('keeps the books', () => expect(unbalanced).toEqual([]));
});
