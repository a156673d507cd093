import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Loss } from './loss.ts';
import { spooled, writeSpool } from './spool.ts';
import { makeFolder } from './testing/expansion.ts';

const folder = makeFolder();
afterAll(() => folder.remove());

async function* bytes(error?: Error): AsyncGenerator<Uint8Array> {
  yield Buffer.from('ab');
  yield Buffer.from('cd');
  if (error) throw error;
}

async function read(source: AsyncIterable<Uint8Array>): Promise<string> {
  let used = '';
  const use = async function* (path: string): AsyncGenerator<string> {
    used = path;
    yield readFileSync(path, 'utf8');
  };
  let text = '';
  for await (const item of spooled(source, use)) text += item;
  expect(existsSync(dirname(used))).toBe(false);
  return text;
}

describe('spooled', () => {
  it('keeps a copy as long as it is used', async () => {
    expect(await read(bytes())).toBe('abcd');
  });

  it.each(['truncated', 'damaged'] as const)('keeps what comes before bytes that are %s', async (reason) => {
    expect(await read(bytes(new Loss(reason, '')))).toBe('abcd');
  });

  it('gives up on all else', async () => {
    await expect(read(bytes(new Loss('too-large', 'bomb')))).rejects.toThrow('bomb');
    await expect(read(bytes(new RangeError('mine')))).rejects.toThrow(RangeError);
  });

  it('takes no more than there is room', async () => {
    await writeSpool(join(folder.path, 'fits'), bytes(), 4);
    expect(readFileSync(join(folder.path, 'fits'), 'utf8')).toBe('abcd');
    await expect(writeSpool(join(folder.path, 'full'), bytes(), 3)).rejects.toMatchObject({ reason: 'too-large' });
  });
});
