import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder } from './cli.ts';

/** What `npm i -g` of the package may weigh. */
const MAX_INSTALLED_BYTES = 40 * 1024 * 1024;

function size(path: string): number {
  const entry = statSync(path);
  return entry.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + size(join(path, name)), 0) : entry.size;
}

describe('the published package', () => {
  it('is one bundle without workspace packages, installs by itself and hunts', () => {
    const folder = emptyFolder();
    const npm = (...args: string[]): string =>
      execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    npm('pack', resolve('.'), '--ignore-scripts', '--silent');
    const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
    npm(
      'install',
      '--global',
      '--prefix',
      join(folder, 'prefix'),
      '--offline',
      '--no-audit',
      '--no-fund',
      join(folder, archive),
    );
    const installed = join(folder, 'prefix/lib/node_modules/yuheng');
    expect(size(installed)).toBeLessThan(MAX_INSTALLED_BYTES);
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { dependencies?: object };
    expect(Object.keys(manifest.dependencies ?? {})).toEqual([]);

    const log = join(folder, 'events.json');
    writeFileSync(
      log,
      '{"Channel":"Security","EventID":1102,"Computer":"dc01","TimeCreated":"2026-03-01T02:14:05Z","SubjectUserName":"eve"}\n',
    );
    const command = join(folder, 'prefix/bin/yuheng');
    const summary = JSON.parse(execFileSync(command, ['hunt', log, '--json', '--quiet'], { encoding: 'utf8' })) as {
      records: object;
      rules: { loaded: number };
    };
    expect(summary.records).toMatchObject({ read: 1, parsed: 1, unparsed: 0 });
    expect(summary.rules.loaded).toBeGreaterThan(0);
  });
});
