import { toFileError } from '@yuheng/adapter-files';
import type { Language } from '@yuheng/engine';
import { describeError } from './errors.ts';

/** Standard output and standard error as the process has them. */
interface Streams {
  /** Waits until all that was written has gone out, or cannot; `false` where it cannot. */
  settle(): Promise<boolean>;
}

/**
 * Listens to what becomes of what is printed. A reader that has enough (`| head`) closes the pipe: the rest is dropped, and what was begun
 * goes on, for it may write files too. Anything else, such as a full disk, is told and fails the call.
 */
export function watchStreams(language: Language): Streams {
  let failed = false;
  const watch = (stream: NodeJS.WriteStream, name: string): void => {
    stream.once('error', (error: NodeJS.ErrnoException) => {
      // The same trouble comes once for every write that is still on its way.
      stream.on('error', () => {});
      if (error.code === 'EPIPE') return;
      failed = true;
      process.stderr.write(`${describeError(toFileError(error, `${name} could not be written`), language)}\n`);
    });
  };
  watch(process.stdout, 'Standard output');
  watch(process.stderr, 'Standard error');
  return {
    async settle() {
      await Promise.all([drained(process.stdout), drained(process.stderr)]);
      return !failed;
    },
  };
}

/** Writes come in their order: when the last, empty one is done, all are. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
