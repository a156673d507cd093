// Builds the command into dist/: the program and its worker threads, bundled, and the rules and the console beside them.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildConsole } from './build-console.mjs';
import { ensureWasm } from './wasm.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const stamp = join(dist, 'stamp.json');
const lock = join(root, 'node_modules', '.yuheng-build.lock');
const SOURCES = [
  'packages',
  'engine',
  'capabilities',
  'adapters',
  'apps',
  'scripts',
  'package-lock.json',
  'package.json',
];

/** Builds when the build is missing or older than the sources. Several processes may ask at once: one builds, the others wait. */
export async function ensureBuilt() {
  await ensureWasm();
  const state = sourceState();
  if (builtState() === state) return;
  await withLock(async () => {
    if (builtState() === state) return;
    process.stderr.write('Building Yuheng once …\n');
    await buildAll(state);
  });
}

/** What no build is made of. */
const LEFT_OUT = /^(?:node_modules|dist)$|\.test\.(?:ts|yml)$/;

/** Newest change and number of source files: enough to notice an edit, a new file or a deleted one. */
function sourceState() {
  let newest = 0;
  let files = 0;
  const visit = (path) => {
    const entry = statSync(path);
    if (!entry.isDirectory()) {
      files++;
      newest = Math.max(newest, entry.mtimeMs);
      return;
    }
    for (const name of readdirSync(path)) if (!LEFT_OUT.test(name)) visit(join(path, name));
  };
  for (const name of SOURCES) if (existsSync(join(root, name))) visit(join(root, name));
  return `${files} ${newest}`;
}

function builtState() {
  try {
    return JSON.parse(readFileSync(stamp, 'utf8')).state;
  } catch {
    return undefined;
  }
}

async function withLock(work) {
  for (let waited = 0; !takeLock(); waited += 200) {
    if (waited > 120_000)
      throw new Error(`Another build has held ${lock} for two minutes. Remove it if no build is running.`);
    await new Promise((done) => setTimeout(done, 200));
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') {
      throw new Error(
        `The build cannot be written below ${root} (${error.code}). Run "npm run build" once as the owner of this folder.`,
      );
    }
    return breakDeadLock();
  }
}

/** The lock of a process that is gone is nobody's. */
function breakDeadLock() {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
  } catch (error) {
    if (error.code === 'ESRCH') rmSync(lock, { force: true });
  }
  return false;
}

async function buildAll(state) {
  const { build } = await import('esbuild');
  const { bundleOptions } = await import('./bundle.mjs');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const fresh = join(root, 'node_modules', '.yuheng-dist');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  await build({
    ...bundleOptions,
    absWorkingDir: root,
    entryPoints: {
      yuheng: 'apps/cli/main.ts',
      worker: 'apps/cli/hunt/worker.ts',
      'detect-worker': 'apps/server/pipeline/detect-worker.ts',
      'conclude-worker': 'apps/server/conclude/conclude-worker.ts',
      'lake-process': 'adapters/lake/lake-process.ts',
    },
    outdir: fresh,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    minifySyntax: true,
    minifyWhitespace: true,
    define: { YUHENG_VERSION: JSON.stringify(version) },
  });
  copyRules(join(fresh, 'capabilities'));
  await buildConsole(root, join(fresh, 'console'));
  writeFileSync(join(fresh, 'stamp.json'), JSON.stringify({ state }));
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
}

/** Our rules, without their tests. */
function copyRules(target) {
  const source = join(root, 'capabilities');
  mkdirSync(target, { recursive: true });
  cpSync(source, target, {
    recursive: true,
    filter: (path) => {
      if (statSync(path).isDirectory())
        return relative(source, path).split(sep).length < 2 || path.split(sep).includes('rules');
      return path.split(sep).includes('rules') && path.endsWith('.yml') && !path.endsWith('.test.yml');
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureWasm();
  await withLock(() => buildAll(sourceState()));
}
