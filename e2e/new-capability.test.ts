import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder } from './cli.ts';

const run = (cwd: string, ...args: string[]): string =>
  execFileSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: 'pipe' });

it('npm run new makes a capability that passes its tests', () => {
  const copy = emptyFolder();
  for (const name of [
    'capabilities',
    'scripts',
    'packages',
    'engine',
    'vitest.config.ts',
    'tsconfig.json',
    'package.json',
  ]) {
    cpSync(name, join(copy, name), { recursive: true });
  }
  cpSync('e2e/build.ts', join(copy, 'e2e/build.ts'));
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  const tool = join(copy, 'scripts/new-capability.ts');
  const bundle = join(copy, 'new.mjs');
  execFileSync(join('node_modules', '.bin', 'esbuild'), [
    tool,
    '--bundle',
    '--platform=node',
    '--format=esm',
    `--outfile=${bundle}`,
    '--log-level=error',
  ]);
  expect(run(copy, bundle, 'mail-log')).toContain('Made capabilities');
  expect(readFileSync(join(copy, 'capabilities/index.ts'), 'utf8')).toContain('mailLog');
  const config = "export default { resolve: { conditions: ['src'] }, ssr: { resolve: { conditions: ['src'] } } };";
  execFileSync('sh', ['-c', 'printf %s "$1" > vitest.config.mjs && rm vitest.config.ts', 'sh', config], { cwd: copy });
  const printed = run(
    copy,
    'node_modules/vitest/vitest.mjs',
    'run',
    'capabilities/rules.test.ts',
    'capabilities/scenarios.test.ts',
    '-t',
    'mail-log',
  );
  expect(printed).toMatch(/Tests .*[1-9]\d* passed/);
  expect(() => run(copy, bundle, 'mail-log')).toThrow(/already there/);
  expect(() => run(copy, bundle, 'Mail Log')).toThrow(/lower case/);
});
