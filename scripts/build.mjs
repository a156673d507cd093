// Builds the command into dist/: the program and its worker threads, bundled, and the rules and the console beside them.
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildConsole } from './build-console.mjs';
import { ensureWasm } from './wasm.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const stamp = join(dist, 'stamp.json');
const lock = join(root, 'node_modules', '.yuheng-build.lock');
/** What decides how everything is built, beside what is built. */
const ALWAYS = [
  'scripts/build.mjs',
  'scripts/build-console.mjs',
  'scripts/bundle.mjs',
  'apps/console/index.html',
  'package-lock.json',
  'package.json',
];

/** Builds when the build is missing or older than the sources. Several processes may ask at once: one builds, the others wait. */
export async function ensureBuilt() {
  await ensureWasm();
  if (isFresh()) return;
  await withLock(async () => {
    if (isFresh()) return;
    process.stderr.write('Building Yuheng once …\n');
    await buildAll();
  });
}

/** Whether what the build was made of is as it was; what else comes and goes among the sources does not matter. */
function isFresh() {
  try {
    const { sources, files, newest } = JSON.parse(readFileSync(stamp, 'utf8'));
    const now = stateOf(sources);
    return now.files === files && now.newest === newest;
  } catch {
    return false;
  }
}

/** Newest change of the sources and the rules, and their number: enough to notice an edit, a new rule or a deleted file. */
function stateOf(sources) {
  const files = [...sources, ...rulesBelow('capabilities')];
  const newest = files.reduce((last, path) => Math.max(last, statSync(join(root, path)).mtimeMs), 0);
  return { files: files.length, newest };
}

/** What a bundler has read of the house: no library, and nothing that it made up. */
function oursOf({ inputs }) {
  return Object.keys(inputs).filter((path) => !/(?:^|\/)node_modules\/|[:<]/.test(path));
}

/** Our rules, without their tests. */
function rulesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.split(sep).includes('rules') && name.endsWith('.yml') && !name.endsWith('.test.yml'))
    .map((name) => join(folder, name));
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

async function buildAll() {
  const { build } = await import('esbuild');
  const { bundleOptions } = await import('./bundle.mjs');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const fresh = join(root, 'node_modules', '.yuheng-dist');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const began = Date.now();
  const { metafile } = await build({
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
    metafile: true,
    minifySyntax: true,
    minifyWhitespace: true,
    define: { YUHENG_VERSION: JSON.stringify(version) },
  });
  for (const rule of rulesBelow('capabilities')) cpSync(join(root, rule), join(fresh, rule));
  const console = await buildConsole(root, join(fresh, 'console'));
  const sources = [...new Set([...oursOf(metafile), ...oursOf(console), ...ALWAYS])];
  const state = stateOf(sources);
  // What was edited while it was built may be in it or not: the next command builds again.
  if (state.newest > began && state.newest <= Date.now()) state.newest = 0;
  writeFileSync(join(fresh, 'stamp.json'), JSON.stringify({ sources, ...state }));
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureWasm();
  await withLock(() => buildAll());
}
