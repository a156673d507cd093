// Builds the package in the current folder into its dist/, as npm does before it packs it: what its exports reach as modules
// with their types, and the licence.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureWasm } from './wasm.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = process.cwd();
const dist = join(folder, 'dist');
// Not among the sources: who asks meanwhile whether the build is newer than they are must not see it come and go.
const config = join(root, 'node_modules', `.tsconfig-${basename(folder)}.json`);
const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

await ensureWasm();
rmSync(dist, { recursive: true, force: true });
try {
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        rewriteRelativeImportExtensions: true,
        rootDir: join(folder, 'src'),
        outDir: dist,
        typeRoots: [join(root, 'node_modules/@types')],
      },
      include: [],
      files: Object.values(exports).map(({ src }) => join(folder, src)),
    }),
  );
  const compiler = join(root, 'node_modules/ts7/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', config], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${folder} cannot be built:\n${stdout}`);
} finally {
  rmSync(config, { force: true });
}
copyFileSync(join(root, 'LICENSE'), join(dist, 'LICENSE'));
// The compiler rewrites what modules import, not what their types import.
for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.d.ts')) continue;
  const path = join(dist, name);
  writeFileSync(path, readFileSync(path, 'utf8').replace(/((?:from|import\()\s*'\.[^']*)\.ts'/g, "$1.js'"));
}
