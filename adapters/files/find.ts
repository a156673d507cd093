import type { UnreadableFile } from '@yuheng/engine';
import { nameFiles } from './name-files.ts';
import { walk, type FoundFile } from './walk.ts';

/** The path that means standard input. */
export const STANDARD_INPUT = '-';
const STANDARD_INPUT_NAME = 'stdin';

/** A file to be read, before it is unpacked. */
export interface InputFile {
  /** Where to open it: its real path, or `-` for standard input. */
  readonly path: string;
  /** What it is called in findings; unique among the files found together. `.gz` and `.zst` are left out (`a.evtx.gz` is `a.evtx`). */
  readonly name: string;
  /** Bytes on disk; 0 for standard input. */
  readonly size: number;
}

/**
 * Finds the files below paths (files, folders, `-` for standard input), ordered by name (code units). Links are followed; a real file
 * counts once, however many ways lead to it. What cannot be read is named and explained, never thrown.
 *
 * Names are `/`-separated and relative to the folder argument; see `nameFiles` for equal ones. They do not depend on the order of `paths`.
 */
export async function findFiles(
  paths: readonly string[],
): Promise<{ files: InputFile[]; unreadable: UnreadableFile[] }> {
  const found: FoundFile[] = [];
  const unreadable = new Map<string, UnreadableFile>();
  for (const path of new Set(paths)) {
    if (path === STANDARD_INPUT) continue;
    const walked = await walk(path);
    for (const file of walked.files) found.push(file);
    for (const { path: of, name, reason, detail } of walked.unreadable) unreadable.set(of, { name, reason, detail });
  }
  const hasInput = paths.includes(STANDARD_INPUT);
  const names = nameFiles(found, hasInput ? [STANDARD_INPUT_NAME] : []);
  const sizes = new Map(found.map((file) => [file.path, file.size]));
  const files: InputFile[] = [...names].map(([path, name]) => ({ path, name, size: sizes.get(path)! }));
  if (hasInput) files.push({ path: STANDARD_INPUT, name: STANDARD_INPUT_NAME, size: 0 });
  return { files: files.sort(byName), unreadable: [...unreadable.values()].sort(byName) };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}
