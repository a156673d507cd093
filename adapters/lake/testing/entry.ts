import { build } from 'esbuild';
import { resolve } from 'node:path';

/** The lake's process, bundled. */
export function lakeEntry(): Promise<string> {
  return bundle('lake-process.ts');
}

/** A process that holds a lake, bundled. */
export function holderEntry(): Promise<string> {
  return bundle('testing/hold-lake.ts');
}

/** Lies below node_modules, so that it finds the engine as the sources do. */
async function bundle(source: string): Promise<string> {
  const outfile = resolve('node_modules/.yuheng-scripts', `${source.replace(/\W/g, '-')}-${process.pid}.mjs`);
  await build({
    ...{ entryPoints: [resolve('adapters/lake', source)], outfile },
    ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', conditions: ['src'] },
    // Bundled CommonJS libraries still ask for Node's own modules by `require`.
    banner: { js: "import { createRequire as _cr } from 'node:module'; const require = _cr(import.meta.url);" },
  });
  return outfile;
}
