import { sep } from 'node:path';
import { COMPRESSED_ENDING } from './container.ts';
import { printable } from './printable.ts';
import type { FoundFile } from './walk.ts';

interface Candidate {
  readonly file: FoundFile;
  /** The way that gave the name: from the argument. */
  segments: readonly string[];
  /** How many last segments of the real path make the name; 0: the way from the argument. */
  tail: number;
  readonly path: readonly string[];
  /** The file inside a compressed one gives the name. */
  inner: boolean;
}

/**
 * Names each real file once, the same whatever the order of the arguments.
 *
 * A name is the way from the argument. Where several ways lead to one file, the longest counts (so a folder and, beside it, a file in it
 * name that file as the folder alone does), of equally long ones the least by code units. `.gz` and `.zst` are left out unless that
 * makes two names of one path equal. Where names are still equal, each takes the shortest tail of its real path, no shorter than the way, that tells it apart.
 *
 * `reserved` are names that no file may have. Gives real path → name.
 */
export function nameFiles(files: readonly FoundFile[], reserved: readonly string[] = []): Map<string, string> {
  const candidates = [...onePerFile(files).values()];
  keepEndings(candidates);
  lengthenEqual(candidates, reserved);
  return new Map(candidates.map((candidate) => [candidate.file.path, nameOf(candidate)]));
}

function onePerFile(files: readonly FoundFile[]): Map<string, Candidate> {
  const byPath = new Map<string, Candidate>();
  for (const file of files) {
    const known = byPath.get(file.path);
    if (!known) {
      const path = file.path.split(sep).filter((segment) => segment !== '');
      byPath.set(file.path, { file, segments: file.segments, tail: 0, path, inner: file.compressed });
    } else if (isBetterWay(file.segments, known.segments)) known.segments = file.segments;
  }
  return byPath;
}

function isBetterWay(way: readonly string[], than: readonly string[]): boolean {
  if (way.length !== than.length) return way.length > than.length;
  return way.join('/') < than.join('/');
}

/** `a.log.gz` beside `a.log` or `a.log.zst` keeps its ending: no tail of the path would tell them apart. */
function keepEndings(candidates: readonly Candidate[]): void {
  for (let changed = true; changed;) {
    changed = false;
    for (const group of groups(candidates, fullName)) {
      for (const candidate of group) {
        if (!candidate.inner) continue;
        candidate.inner = false;
        changed = true;
      }
    }
  }
}

function lengthenEqual(candidates: readonly Candidate[], reserved: readonly string[]): void {
  for (let changed = true; changed;) {
    changed = false;
    for (const group of groups(candidates, nameOf, reserved)) {
      for (const candidate of group) {
        if (candidate.tail >= candidate.path.length) continue;
        candidate.tail = Math.max(candidate.tail + 1, candidate.segments.length);
        changed = true;
      }
    }
  }
}

/** Those that share a name with another, or have a reserved one. */
function groups(
  candidates: readonly Candidate[],
  name: (candidate: Candidate) => string,
  reserved: readonly string[] = [],
): Candidate[][] {
  const byName = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = name(candidate);
    const group = byName.get(key);
    if (group) group.push(candidate);
    else byName.set(key, [candidate]);
  }
  return [...byName].filter(([key, { length }]) => length > 1 || reserved.includes(key)).map(([, group]) => group);
}

function nameOf(candidate: Candidate): string {
  const { segments, path, tail } = candidate;
  return join(tail === 0 ? segments : path.slice(-tail), candidate.inner);
}

function fullName({ path, inner }: Candidate): string {
  return join(path, inner);
}

function join(segments: readonly string[], inner: boolean): string {
  const name = printable(segments.join('/'));
  return inner ? name.replace(COMPRESSED_ENDING, '') : name;
}
