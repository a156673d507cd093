import type { KnownPiece, UnreadableFile } from '@yuheng/engine';
import { toLoss } from './loss.ts';
import { nameFiles } from './name-files.ts';
import { keepStandardInput, STANDARD_INPUT, STANDARD_INPUT_NAME } from './standard-input.ts';
import { walk, type FoundFile } from './walk.ts';

/** A file to be read, before it is unpacked. */
export interface InputFile {
  /** Where to open it: its real path, for standard input a copy. */
  readonly path: string;
  /** What it is called in findings; unique among the files found together. `.gz` and `.zst` are left out (`a.evtx.gz` is `a.evtx`). */
  readonly name: string;
  /** Bytes on disk; of a piece, its own. */
  readonly size: number;
  /** Only this part of it is read, and it is not packed. */
  readonly piece?: KnownPiece;
}

/** What a caller has a say in while files are found. */
export interface FindOptions {
  /** Asked of every file before it is named; one that is not wanted is as if it were not there. What it throws ends the search. */
  readonly wants?: (file: FoundFile) => boolean;
  /** Waited for when all files are known, before standard input is read: that may take long, and comes only once. */
  readonly beforeStandardInput?: () => Promise<void>;
}

/**
 * Finds the files below paths (files, folders, `-` for standard input), ordered by name (code units). Links are followed; a real file
 * counts once, however many ways lead to it; standard input is read to its end. What cannot be read is named and explained, never thrown.
 *
 * Names are `/`-separated and relative to the folder argument; see `nameFiles` for equal ones. They do not depend on the order of `paths`.
 */
export async function findFiles(
  paths: readonly string[],
  { wants = () => true, beforeStandardInput }: FindOptions = {},
): Promise<{ files: InputFile[]; unreadable: UnreadableFile[] }> {
  const found: FoundFile[] = [];
  const unreadable = new Map<string, UnreadableFile>();
  for (const path of new Set(paths)) {
    if (path === STANDARD_INPUT) continue;
    const walked = await walk(path);
    for (const file of walked.files) if (wants(file)) found.push(file);
    for (const { path: of, name, reason, detail } of walked.unreadable) unreadable.set(of, { name, reason, detail });
  }
  const hasInput = paths.includes(STANDARD_INPUT);
  const names = nameFiles(found, hasInput ? [STANDARD_INPUT_NAME] : []);
  const sizes = new Map(found.map((file) => [file.path, file.size]));
  const files: InputFile[] = [...names].map(([path, name]) => ({ path, name, size: sizes.get(path)! }));
  await beforeStandardInput?.();
  if (hasInput) await addStandardInput(files, unreadable);
  return { files: files.sort(byName), unreadable: [...unreadable.values()].sort(byName) };
}

async function addStandardInput(files: InputFile[], unreadable: Map<string, UnreadableFile>): Promise<void> {
  const name = STANDARD_INPUT_NAME;
  try {
    files.push({ name, ...(await keepStandardInput()) });
  } catch (error) {
    const { reason, message } = toLoss(error);
    unreadable.set(STANDARD_INPUT, { name, reason, detail: message });
  }
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}
