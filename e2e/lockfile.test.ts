import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('package-lock.json names every optional package, on whatever machine it was written', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/lockfile.mjs', '--check'], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toContain('every optional package');
  expect(status).toBe(0);
});

it('package-lock.json names no registry but the public one', () => {
  const addresses = [...readFileSync('package-lock.json', 'utf8').matchAll(/"resolved": "(https?:\/\/[^/"]+)/g)];
  expect(addresses.filter(([, host]) => host !== 'https://registry.npmjs.org').map(([, host]) => host)).toEqual([]);
});
