import { build } from 'esbuild';
import { join, resolve } from 'node:path';

let built: Promise<string> | undefined;

/** The lake's process, bundled below node_modules, so that it finds the engine as the sources do. */
export function lakeEntry(): Promise<string> {
  built ??= bundle();
  return built;
}

async function bundle(): Promise<string> {
  const outfile = resolve('node_modules/.yuheng-scripts', `lake-process-${process.pid}.mjs`);
  const entry = join(import.meta.dirname, '..', 'lake-process.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20' });
  return outfile;
}
