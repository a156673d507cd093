import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundleOptions } from '../scripts/bundle.mjs';
import { emptyFolder } from './cli.ts';

// Docs run: every shell line of the READMEs and guides that calls the command, and every TypeScript block of a package.

const documents = execFileSync('git', ['ls-files', '*.md'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));

function blocks(file: string, language: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map((found) => found[1]!);
}

const commands = documents.flatMap((file) =>
  blocks(file, 'sh').flatMap((block) =>
    block
      .split('\n')
      .filter((line) => line.startsWith('npx yuheng '))
      .map((line) => [file, line] as const),
  ),
);

describe('commands in documents', () => {
  it('are there', () => expect(commands.length).toBeGreaterThan(5));
  it.each(commands)('%s: %s', (_, line) => {
    const folder = emptyFolder();
    for (const name of ['samples', 'capabilities']) symlinkSync(resolve(name), join(folder, name));
    const call = line.replace(/^npx yuheng/, `"${process.execPath}" "${resolve('bin/yuheng.mjs')}"`);
    const { status, stderr } = spawnSync('sh', ['-c', call], { cwd: folder, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  });
});

const examples = readdirSync('packages').flatMap((name) => {
  const file = `packages/${name}/README.md`;
  return existsSync(file) ? blocks(file, 'ts').map((code, index) => [file, index + 1, code] as const) : [];
});

describe('examples of packages', () => {
  it('are there', () => expect(new Set(examples.map(([file]) => file)).size).toBeGreaterThanOrEqual(3));
  it.each(examples)('%s, block %i', async (file, _, code) => {
    const folder = emptyFolder();
    const bundle = join(folder, 'example.mjs');
    await build({
      ...bundleOptions,
      // As if beside the package, so that its imports resolve as a reader's would.
      stdin: { contents: code, loader: 'ts', resolveDir: dirname(resolve(file)) },
      outfile: bundle,
    });
    symlinkSync(resolve('samples/ws01/Security.evtx'), join(folder, 'Security.evtx'));
    const { status, stderr } = spawnSync(process.execPath, [bundle], { cwd: folder, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  });
});
