import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder } from './testing/expansion.ts';

const folder = makeFolder();
const script = join(folder.path, 'child.mjs');
afterAll(() => folder.remove());

/** A program that has a spill and an output open, says where, and then ends as it is told. */
const PROGRAM = `
import { Worker } from 'node:worker_threads';
import { createSpill, openOutput } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
await createSpill().write(['a']);
const output = await openOutput(${JSON.stringify(join(folder.path, 'out'))});
await output.write('half');
if (process.argv[2] === 'has threads') {
  const thread = new Worker(new URL(import.meta.url), { argv: ['stays'] });
  await new Promise((resolve) => thread.stdout.once('data', resolve));
}
if (process.argv[2] === 'listens') process.on('SIGTERM', () => process.exit(7));
process.stdout.write('ready');
if (process.argv[2] === 'throws') throw new Error('mine');
if (process.argv[2] !== 'returns') setInterval(() => {}, 1000);
`;

beforeAll(async () => {
  await build({
    stdin: { contents: PROGRAM, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: script,
  });
});

describe.skipIf(process.platform === 'win32')('at the end of the process', () => {
  it.each<[how: string, signal: NodeJS.Signals | undefined, ended: unknown[]]>([
    ['returns', undefined, [0, null]],
    ['throws', undefined, [1, null]],
    ['is interrupted', 'SIGINT', [null, 'SIGINT']],
    ['is terminated', 'SIGTERM', [null, 'SIGTERM']],
    ['listens', 'SIGTERM', [7, null]],
    ['has threads', 'SIGINT', [null, 'SIGINT']],
  ])('which %s, nothing stays behind', async (how, signal, ended) => {
    const child = spawn(process.execPath, [script, how], {
      env: { ...process.env, TMPDIR: folder.path },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const exit = once(child, 'exit');
    await once(child.stdout, 'data');
    if (signal) child.kill(signal);
    expect(await exit).toEqual(ended);
    expect(existsSync(join(folder.path, 'out.partial'))).toBe(false);
    expect(leftovers()).toEqual([]);
  });
});

function leftovers(): string[] {
  return readdirSync(folder.path).filter((name) => name.startsWith('yuheng-'));
}
