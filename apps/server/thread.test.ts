import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { Thread } from './thread.ts';

/** Doubles numbers after a start that takes what it was given; some numbers are the end of it. */
const WORKER = `
  import { answerTasks } from './thread.ts';
  answerTasks((times) => async (number) => {
    if (number === 13) throw new Error('not thirteen');
    if (number === 99) process.exit(3);
    if (number === 100) setImmediate(() => { throw new Error('astray'); });
    if (number > 90) await new Promise(() => {});
    return number * times;
  });`;

let folder: string;
let thread: Thread<number, number>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thread-'));
  await build({
    stdin: { contents: WORKER, resolveDir: import.meta.dirname, loader: 'ts' },
    outfile: join(folder, 'worker.mjs'),
    ...{ bundle: true, platform: 'node', format: 'esm', logLevel: 'silent' },
  });
});
afterEach(() => thread.close());
afterAll(() => rm(folder, { recursive: true }));

const open = (script = 'worker.mjs'): Thread<number, number> =>
  (thread = new Thread<number, number>(join(folder, script), { workerData: 2 }));

it('answers in order, and tells of what fails without an end', async () => {
  await open().start();
  const told: unknown[] = [];
  await Promise.all(
    [1, 13, 3].map((number) =>
      thread.ask(number).then(
        (n) => told.push(n),
        () => told.push('failed'),
      ),
    ),
  );
  expect(told).toEqual([2, 'failed', 6]);
  await expect(thread.ask(13)).rejects.toThrow(/not thirteen/);
});

it.each([99, 100])('fails what a dead thread had (%d) and goes on with a new one', async (deadly) => {
  await open().start();
  const both = await Promise.allSettled([thread.ask(deadly), thread.ask(5)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await thread.ask(6)).toBe(12);
});

it('does not stand when its script cannot run, and lets nobody wait after its end', async () => {
  await expect(open('nowhere.mjs').start()).rejects.toThrow();
  await open().start();
  const asked = expect(thread.ask(91)).rejects.toThrow(/stopped/);
  await thread.close();
  await asked;
});
