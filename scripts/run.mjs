// Runs a TypeScript file of the repository: `node scripts/run.mjs <file.ts> [args…]`. It is bundled below node_modules first.
import { build } from 'esbuild';
import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleOptions } from './bundle.mjs';
import { ensureWasm } from './wasm.mjs';

const [, , file, ...args] = process.argv;
const outdir = resolve('node_modules/.yuheng-scripts');
mkdirSync(outdir, { recursive: true });
await ensureWasm();
const outfile = join(outdir, basename(file).replace(/\.ts$/, '.mjs'));
// Tools stay where npm put them: a compiler does not survive being bundled.
await build({
  ...bundleOptions,
  entryPoints: [file],
  outfile,
  external: [...bundleOptions.external, 'typescript', 'esbuild', 'vitest', 'playwright-core'],
});
process.argv = [process.argv[0], outfile, ...args];
await import(pathToFileURL(outfile).href);
