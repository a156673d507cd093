import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fuzz } from '../packages/evtx/fuzz/fuzz.ts';
import { chunksOf, ownSeeds } from '../packages/evtx/fuzz/seeds.ts';
import { fuzzRound } from '../packages/sigma/fuzz/fuzz.ts';

/** Chunks that one seed stands for. */
const CHUNKS = 1_000;

/** What one seed gave. */
export interface Round {
  readonly executions: number;
  /** What else is worth counting. */
  readonly counts: { readonly [what: string]: number };
  readonly found: readonly Found[];
}

/** Something that went wrong, and the file that shows it. */
export interface Found {
  readonly name: string;
  readonly what: string;
  readonly content: string | Buffer;
}

/** Rules asked about events in three ways. */
export function pathsRound(seed: number): Round {
  const { asked, refused, found } = fuzzRound(seed);
  const { events: executions, ...counts } = asked;
  const content = found && `${JSON.stringify({ what: found.what, ...found.smallest }, undefined, 2)}\n`;
  return {
    executions,
    counts: { ...counts, refused },
    found: found ? [{ name: `${seed}.json`, what: `${found.what}\n${content}`, content: content! }] : [],
  };
}

/** Damaged chunks of event logs read in two ways: our own, and those below a folder. */
export function evtxRounds(logs: string | undefined): (seed: number) => Round {
  const seeds = [...ownSeeds(), ...(logs === undefined ? [] : chunksBelow(logs))];
  return (seed) => {
    const found = [...fuzz(seeds, seed * CHUNKS, CHUNKS)].map(({ execution, chunk, what }) => ({
      name: `${execution}.chunk`,
      what,
      content: chunk,
    }));
    return { executions: CHUNKS, counts: {}, found };
  };
}

function chunksBelow(folder: string): Buffer[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const logs = names.filter((name) => /\.evtx(\.gz)?$/.test(name)).sort();
  return logs.flatMap((name) => {
    const bytes = readFileSync(join(folder, name));
    return chunksOf(name.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  });
}
