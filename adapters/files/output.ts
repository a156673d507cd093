import { open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errnoOf } from './errno.ts';
import { FileError, toFileError } from './file-error.ts';
import { keepAtExit, removeAtExit } from './temporary.ts';

const BUFFER_CHARACTERS = 64 * 1024;

/** A file that is being written. Each call waits for the disk, so a slow one slows its writer down. */
export interface Output {
  /** Appends text (UTF-8). Throws `FileError`; what was written is then removed. */
  write(text: string): Promise<void>;
  /** Writes the rest; only now the file stands under its own name. Throws `FileError`. */
  close(): Promise<void>;
  /** Gives up: removes what was written and leaves an older file of that name as it was. */
  discard(): Promise<void>;
}

/**
 * Opens a file for writing. Until `close()` the text stands in `<path>.partial`, so neither a full disk nor a kill leaves half a file that
 * looks whole. Devices and pipes (`/dev/stdout`) are written directly. Throws `FileError` (YH-FILE-MISSING for a folder that is not there,
 * YH-FILE-NO-PERMISSION, YH-FILE-NO-SPACE, YH-FILE-IS-FOLDER …).
 */
export async function openOutput(path: string): Promise<Output> {
  try {
    const { target, direct } = await resolveTarget(path);
    const partial = direct ? undefined : partialOf(target);
    const file = await open(partial ?? target, 'w');
    if (partial !== undefined) removeAtExit(partial);
    return new FileOutput(path, target, partial, file);
  } catch (error) {
    throw toFileError(error, `${path} could not be opened for writing`);
  }
}

/**
 * Where on disk writing to a path leaves something: its own file and the one that holds the unfinished text, by their real paths, whether
 * they are there yet or not. Nothing for devices and pipes. Throws `FileError` as {@link openOutput} does.
 */
export async function writtenFiles(path: string): Promise<string[]> {
  try {
    const { target, direct } = await resolveTarget(path);
    return direct ? [] : await Promise.all([target, partialOf(target)].map(realPlace));
  } catch (error) {
    throw toFileError(error, `${path} could not be opened for writing`);
  }
}

/** The real path of a file that may not be there, in a folder that is. */
async function realPlace(path: string): Promise<string> {
  return realpath(path).catch(async () => join(await realpath(dirname(path)), basename(path)));
}

function partialOf(target: string): string {
  return `${target}.partial`;
}

/** Where to write: behind a link, its target. `direct`: what is there is no file, and must not be replaced by one. */
async function resolveTarget(path: string): Promise<{ target: string; direct: boolean }> {
  try {
    const target = await realpath(path);
    const info = await stat(target);
    if (info.isDirectory()) {
      throw new FileError(
        'YH-FILE-IS-FOLDER',
        `${path} could not be opened for writing: it is a folder. Give the path of a file.`,
      );
    }
    return { target, direct: !info.isFile() };
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    return { target: path, direct: false };
  }
}

class FileOutput implements Output {
  private readonly path: string;
  private readonly target: string;
  private readonly partial: string | undefined;
  private file: FileHandle | undefined;
  private buffer = '';

  constructor(path: string, target: string, partial: string | undefined, file: FileHandle) {
    this.path = path;
    this.target = target;
    this.partial = partial;
    this.file = file;
  }

  async write(text: string): Promise<void> {
    await this.orDiscard(async (file) => {
      this.buffer += text;
      if (this.buffer.length >= BUFFER_CHARACTERS) await this.flush(file);
    });
  }

  async close(): Promise<void> {
    await this.orDiscard(async (file) => {
      await this.flush(file);
      if (this.partial !== undefined) await file.sync();
      await file.close();
      if (this.partial === undefined) return;
      await rename(this.partial, this.target);
      keepAtExit(this.partial);
    });
    this.file = undefined;
  }

  async discard(): Promise<void> {
    const { file, partial } = this;
    this.file = undefined;
    this.buffer = '';
    await file?.close().catch(() => {});
    if (file === undefined || partial === undefined) return;
    await rm(partial, { force: true });
    keepAtExit(partial);
  }

  private async flush(file: FileHandle): Promise<void> {
    const text = this.buffer;
    this.buffer = '';
    await file.writeFile(text);
  }

  private async orDiscard(step: (file: FileHandle) => Promise<void>): Promise<void> {
    if (this.file === undefined) {
      throw new FileError('YH-FILE-IO', `${this.path} could not be written: it is closed already. Open it again.`);
    }
    try {
      await step(this.file);
    } catch (error) {
      await this.discard();
      throw toFileError(error, `${this.path} could not be written`);
    }
  }
}
