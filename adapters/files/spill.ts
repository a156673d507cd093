import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { Spill, SpilledRun } from '@yuheng/engine';
import { toFileError } from './file-error.ts';
import { makeTemporaryFolder, removeTemporaryFolder, shareTemporaryFolder } from './temporary.ts';

const BLOCK_BYTES = 64 * 1024;

/**
 * Keeps sorted runs as files of lines in a private temporary folder, which is made by the first run. `clear()` removes it, and so does
 * the end of the process. A line must not hold `\n`. Errors are `FileError` (YH-FILE-NO-SPACE on a full disk).
 */
export function createSpill(): Spill {
  shareTemporaryFolder();
  let folder: string | undefined;
  let runs = 0;
  return {
    async write(lines) {
      folder ??= makeTemporaryFolder();
      const path = join(folder, `${runs++}.run`);
      await writeRun(path, lines);
      return readableRun(path);
    },
    async clear() {
      if (folder !== undefined) removeTemporaryFolder(folder);
      folder = undefined;
    },
  };
}

async function writeRun(path: string, lines: Iterable<string>): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      let block = '';
      for (const line of lines) {
        block += `${line}\n`;
        if (block.length < BLOCK_BYTES) continue;
        await file.writeFile(block);
        block = '';
      }
      await file.writeFile(block);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toFileError(error, `The temporary file ${path} could not be written`);
  }
}

function readableRun(path: string): SpilledRun {
  return {
    async *lines() {
      const decoder = new StringDecoder('utf8');
      let rest = '';
      for (let position = 0; ;) {
        const block = await readBlock(path, position);
        if (block.length === 0) return;
        position += block.length;
        const lines = (rest + decoder.write(block)).split('\n');
        rest = lines.pop() ?? '';
        yield* lines;
      }
    },
  };
}

/** Opens the file anew for each block: a merge reads all runs at once, and there may be more of them than files can be open. */
async function readBlock(path: string, position: number): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(BLOCK_BYTES), 0, BLOCK_BYTES, position);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toFileError(error, `The temporary file ${path} could not be read`);
  }
}
