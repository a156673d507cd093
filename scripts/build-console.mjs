// Builds the console: pages that a browser loads as they are asked for, every file with its hash in its name, and the page that names the first ones.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Builds apps/console of `root` into the folder `target`; gives what the bundler tells of its sources. */
export async function buildConsole(root, target) {
  const { build } = await import('esbuild');
  const source = join(root, 'apps/console');
  const outdir = join(target, 'assets');
  mkdirSync(outdir, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(source, 'main.tsx'), join(source, 'console.css')],
    outdir,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const built = Object.entries(metafile.outputs);
  const nameOf = (entry) => basename(built.find(([, { entryPoint }]) => entryPoint?.endsWith(entry))[0]);
  const page = readFileSync(join(source, 'index.html'), 'utf8')
    .replace('{style}', `/assets/${nameOf('console.css')}`)
    .replace('{script}', `/assets/${nameOf('main.tsx')}`);
  writeFileSync(join(target, 'index.html'), page);
  return metafile;
}
