import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { getEnvironmentData } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { createSpill } from './spill.ts';

const spill = createSpill();
afterEach(() => spill.clear());

/** The private folder of this process. */
function shared(): string {
  const path = getEnvironmentData('yuheng.temporary-folder');
  if (typeof path !== 'string') throw new Error('no temporary folder was made');
  return path;
}

async function linesOf(run: { lines(): AsyncIterable<string> }): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of run.lines()) lines.push(line);
  return lines;
}

describe('createSpill', () => {
  it.each<[string, string[]]>([
    ['no lines', []],
    ['empty lines', ['', '', '']],
    ['what other readers take for ends of lines', ['a\rb', 'c\u2028d', 'e\u0085f', '\ufeffg']],
    ['letters across blocks', Array.from({ length: 50_000 }, (_, index) => `${index} 玉衡 🌟`)],
    ['a line longer than a block', ['x'.repeat(200_000), 'y']],
  ])('gives back %s', async (_what, lines) => {
    expect(await linesOf(await spill.write(lines))).toEqual(lines);
  });

  it('reads more runs at once than files can be open', async () => {
    const iterators: AsyncIterator<string>[] = [];
    for (let run = 0; run < 2_000; run++) {
      iterators.push((await spill.write([`${run}`, 'last'])).lines()[Symbol.asyncIterator]());
    }
    const firsts = await Promise.all(iterators.map((iterator) => iterator.next()));
    expect(firsts.map((step) => step.value as string)).toEqual(iterators.map((_, run) => `${run}`));
  });

  it.skipIf(process.platform === 'win32')('keeps its files from other users, and removes them', async () => {
    await spill.write(['secret']);
    const [folder] = readdirSync(shared());
    expect(statSync(shared()).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(shared(), folder!))).toHaveLength(1);
    await spill.clear();
    expect(readdirSync(shared())).toEqual([]);
  });

  it('says what is wrong when a run is gone', async () => {
    const run = await spill.write(['a']);
    await spill.clear();
    await expect(linesOf(run)).rejects.toMatchObject({ name: 'FileError', code: 'YH-FILE-MISSING' });
  });

  it('passes on what the lines throw', async () => {
    function* broken(): Generator<string> {
      yield 'a';
      throw new RangeError('mine');
    }
    await expect(spill.write(broken())).rejects.toThrow(RangeError);
  });
});
