// `npm run lockfile`, after a dependency changed: npm leaves packages of other platforms that it cannot see out of package-lock.json,
// and `npm ci` then refuses the lock. This names every optional dependency that the lock lacks; `--check` only tells.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const lock = JSON.parse(readFileSync(path, 'utf8'));

const missing = [];
for (const [at, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const homes = [`${at}/node_modules/${name}`, `node_modules/${name}`];
    if (homes.some((home) => lock.packages[home])) continue;
    const parts = /(linux|darwin|win32|freebsd|android)-(x64|arm64|arm|ia32)/.exec(name);
    missing.push([
      `node_modules/${name}`,
      { version, optional: true, ...(parts ? { os: [parts[1]], cpu: [parts[2]] } : { os: ['none'] }) },
    ]);
  }
}

if (missing.length === 0) {
  process.stdout.write('package-lock.json names every optional package.\n');
} else if (process.argv.includes('--check')) {
  process.stderr.write(
    `package-lock.json lacks ${missing.map(([name]) => name).join(', ')}. Run \`npm run lockfile\`.\n`,
  );
  process.exitCode = 1;
} else {
  for (const [name, entry] of missing) lock.packages[name] = entry;
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`Added ${missing.length} to package-lock.json.\n`);
}
