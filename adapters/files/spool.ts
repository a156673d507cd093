import { open, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { toFileError } from './file-error.ts';
import { Loss, toLoss } from './loss.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from './temporary.ts';

/** Of what is free on the disk, one temporary file takes at most this share. */
const SPOOL_SHARE = 0.5;

/**
 * Writes bytes to a temporary file that only this user can read, has `use` read it, and removes it afterwards: for archives that are read
 * here and there but come as a stream. Where the bytes are cut off or damaged, `use` gets what came before. Throws `Loss` for all else.
 */
export async function* spooled<Item>(
  bytes: AsyncIterable<Uint8Array>,
  use: (path: string) => AsyncIterable<Item>,
): AsyncGenerator<Item> {
  const folder = makeTemporaryFolder();
  try {
    const path = join(folder, 'spooled');
    await writeSpool(path, bytes, await roomIn(folder));
    yield* use(path);
  } finally {
    removeTemporaryFolder(folder);
  }
}

/** How many bytes may be written into a folder: half of what its disk has left. */
export async function roomIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize * SPOOL_SHARE;
}

/** Fills a new file that only this user can read. Throws `Loss` for more than `room` bytes, and for bytes that fail to come. */
export async function writeSpool(path: string, bytes: AsyncIterable<Uint8Array>, room: number): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  let written = 0;
  try {
    for await (const chunk of salvageable(bytes)) {
      written += chunk.length;
      if (written > room) throw noRoom(room);
      await file.writeFile(chunk).catch((error: unknown) => {
        throw toFileError(error, 'A temporary file could not be written');
      });
    }
  } finally {
    await file.close();
  }
}

/** Ends where the bytes are cut off or damaged: the archive they make then lacks its end, and is reported for that. */
async function* salvageable(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    const loss = toLoss(error);
    if (loss.reason !== 'truncated' && loss.reason !== 'damaged') throw loss;
  }
}

function noRoom(room: number): Loss {
  return new Loss(
    'too-large',
    `It was not unpacked: a temporary copy needs more than ${Math.floor(room)} bytes, half of what the disk has left. ` +
      'Free some space, or set TMPDIR to a folder on a larger disk.',
  );
}
