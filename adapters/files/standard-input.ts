import { fstatSync, utimesSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Loss } from './loss.ts';
import { roomIn, writeSpool } from './spool.ts';
import { makeTemporaryFolder } from './temporary.ts';

/** The path that means standard input. */
export const STANDARD_INPUT = '-';
/** What standard input is called in findings. */
export const STANDARD_INPUT_NAME = 'stdin';
const DESCRIPTOR = 0;

/**
 * Copies standard input to a temporary file, which stays until the process ends: a log without years is read twice, a zip archive here and
 * there, and threads have no standard input of their own. Throws `Loss` when it does not fit on the disk, and the second time.
 */
export async function keepStandardInput(): Promise<{ readonly path: string; readonly size: number }> {
  const { stdin } = process;
  if (stdin.readableEnded || stdin.destroyed) {
    throw new Loss(
      'io',
      'Standard input was read already, and comes only once. Save it to a file, and give the path of that.',
    );
  }
  const folder = makeTemporaryFolder();
  const path = join(folder, STANDARD_INPUT_NAME);
  await writeSpool(path, stdin as AsyncIterable<Buffer>, await roomIn(folder));
  keepTime(path);
  return { path, size: (await stat(path)).size };
}

/** Input that was redirected from a file is as old as that file. */
function keepTime(path: string): void {
  const input = fstatSync(DESCRIPTOR);
  if (input.isFile()) utimesSync(path, input.atime, input.mtime);
}
