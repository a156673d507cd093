import { appendFileSync, existsSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { Budget, DEFAULT_LIMITS } from './budget.ts';
import { fileBytes } from './source.ts';
import { inputFile, makeFolder } from './testing/expansion.ts';

const folder = makeFolder();
afterAll(() => folder.remove());

const MADE_UP = '/proc/self/maps';
const hasProc = existsSync(MADE_UP);
if (!hasProc) console.info('No /proc here: files that the system makes up are not tested.');

/** Lengths of what is read, and the room that it takes; `between` is called after each. */
async function read(path: string, between = (_: number): void => {}): Promise<[length: number, room: number][]> {
  const chunks: [number, number][] = [];
  for await (const { length, buffer } of fileBytes(path, new Budget(DEFAULT_LIMITS, 0)))
    between(chunks.push([length, buffer.byteLength]));
  return chunks;
}

it('takes no more room than a file is long', async () => {
  const { path } = inputFile(folder.path, 'small', Buffer.alloc(70_000));
  expect(await read(path)).toEqual([
    [65_536, 65_536],
    [4_464, 4_464],
  ]);
});

it('reads on where a file grows meanwhile', async () => {
  const { path } = inputFile(folder.path, 'growing', Buffer.alloc(70_000));
  const chunks = await read(path, (count) => count === 2 && appendFileSync(path, Buffer.alloc(300_000)));
  expect(chunks.map(([length]) => length)).toEqual([65_536, 4_464, 4_096, 262_144, 33_760]);
});

it.skipIf(!hasProc)('reads what the system makes up, of which nobody knows the length', async () => {
  const lengths = (await read(MADE_UP)).map(([length]) => length);
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBeGreaterThan(4_096);
});
