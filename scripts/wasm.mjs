// Compiles the AssemblyScript of the packages to WebAssembly, as a module that holds it in base64: so it needs no file beside the bundle.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const FOLDER = join(root, 'packages/sigma/assembly');
const ENTRY = 'index.ts';
const MODULE = join(root, 'packages/sigma/src/bytes/machine.wasm.ts');
const OPTIONS = ['-O3', '--runtime', 'minimal', '--enable', 'simd', '--noAssert'];

/** Compiles where the module is missing or its source has changed. */
export async function ensureWasm() {
  const sources = new Map(
    readdirSync(FOLDER)
      .sort()
      .map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]),
  );
  const hash = createHash('sha256')
    .update(JSON.stringify([OPTIONS, ...sources]))
    .digest('hex');
  const state = `// Made of packages/sigma/assembly, ${hash}: do not edit.`;
  if (existsSync(MODULE) && readFileSync(MODULE, 'utf8').startsWith(state)) return;
  const { default: asc } = await import('assemblyscript/asc');
  let wasm;
  const { error, stderr } = await asc.main([ENTRY, '--outFile', 'machine.wasm', ...OPTIONS], {
    readFile: (name) => sources.get(basename(name)) ?? null,
    writeFile: (_, contents) => void (wasm = contents),
    listFiles: () => [],
  });
  if (error || !wasm) throw new Error(`${FOLDER} cannot be compiled:\n${stderr.toString()}`);
  const text = `${state}\n/** WebAssembly in base64. */\nexport const MACHINE_WASM =\n  '${Buffer.from(wasm).toString('base64')}';\n`;
  // Another process may be reading it.
  const fresh = `${MODULE}.${process.pid}`;
  writeFileSync(fresh, text);
  renameSync(fresh, MODULE);
}
