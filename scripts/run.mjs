// Runs a TypeScript file of the repository: `node scripts/run.mjs <file.ts> [args…]`. Bundled in memory's stead to a temporary folder below dist/.
import { build } from 'esbuild';
import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleOptions } from './bundle.mjs';

const [, , file, ...args] = process.argv;
const outdir = resolve('dist/scripts');
mkdirSync(outdir, { recursive: true });
const outfile = join(outdir, basename(file).replace(/\.ts$/, '.mjs'));
await build({ ...bundleOptions, entryPoints: [file], outfile });
process.argv = [process.argv[0], outfile, ...args];
await import(pathToFileURL(outfile).href);
