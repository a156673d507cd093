import type { LogFile, Spill } from './ports/files.ts';

/** A file that is a text in memory, for proofs and tests. */
export function memoryFile(name: string, content: string | Uint8Array, modifiedMs = 0): LogFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    name,
    folder: '',
    modifiedMs,
    async *bytes() {
      yield bytes;
    },
  };
}

/** Runs that stay in memory, for inputs that fit there. */
export function memorySpill(): Spill {
  return {
    async write(lines) {
      const kept = [...lines];
      return {
        async *lines() {
          yield* kept;
        },
      };
    },
    async clear() {},
  };
}
