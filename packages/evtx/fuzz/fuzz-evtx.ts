import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fuzz } from './fuzz.ts';
import { chunksOf, ownSeeds } from './seeds.ts';

// `node scripts/run.mjs packages/evtx/fuzz/fuzz-evtx.ts <executions> <folder> [folder with logs]`: goes on where the folder's state
// says, keeps each chunk that is read in two ways, and exits with 1 when there is one.

/** Executions between two notes of how far it came. */
const STEP = 10_000;

const [count = '', folder = '', logs] = process.argv.slice(2);
if (!/^\d+$/.test(count) || folder === '') {
  process.stderr.write('fuzz-evtx <executions> <folder to keep state and failures in> [folder with .evtx logs]\n');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const state = join(folder, 'next-execution.txt');
const first = existsSync(state) ? Number(readFileSync(state, 'utf8')) : 0;
const seeds = [...ownSeeds(), ...(logs === undefined ? [] : logsBelow(logs))];
let failures = 0;
const end = first + Number(count);
for (let next = first; next < end; next += STEP) {
  for (const { execution, chunk, what } of fuzz(seeds, next, Math.min(STEP, end - next))) {
    failures++;
    writeFileSync(join(folder, `${execution}.chunk`), chunk);
    process.stdout.write(`${execution}: ${what}\n`);
  }
  writeFileSync(state, String(Math.min(next + STEP, end)));
}
process.stdout.write(`${count} executions from ${first} over ${seeds.length} chunks: ${failures} failures\n`);
process.exitCode = failures > 0 ? 1 : 0;

function logsBelow(path: string): Buffer[] {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => /\.evtx(\.gz)?$/.test(name));
  return names.sort().flatMap((name) => {
    const bytes = readFileSync(join(path, name));
    return chunksOf(name.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  });
}
