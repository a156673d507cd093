import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { findFiles } from './find.ts';
import { zipOf } from './testing/archives.ts';
import { expanded, makeFolder } from './testing/expansion.ts';

const folder = makeFolder();
afterAll(() => folder.remove());
afterEach(() => {
  vi.restoreAllMocks();
});

function giveInput(...chunks: Uint8Array[]): void {
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from(chunks) as typeof process.stdin);
}

describe('standard input', () => {
  it.each<[string, () => Uint8Array | Promise<Uint8Array>, string[]]>([
    ['text', () => Buffer.from('text'), ['stdin: text']],
    ['gzip', () => gzipSync('text'), ['stdin: text']],
    ['zip', () => zipOf([['a.log', 'one']]), ['stdin!/a.log: one']],
    ['nothing', () => Buffer.alloc(0), ['stdin: ']],
  ])('%s is read as often as it is asked for', async (_what, make, lines) => {
    const bytes = await make();
    giveInput(bytes.subarray(0, 3), bytes.subarray(3));
    const { files } = await findFiles(['-', '-']);
    expect(files).toMatchObject([{ name: 'stdin', size: bytes.length }]);
    expect(await expanded(files[0]!)).toEqual(lines);
    expect(await expanded(files[0]!)).toEqual(lines);
  });

  it('has a name that no file may have', async () => {
    giveInput();
    const path = join(folder.path, 'stdin');
    writeFileSync(path, '');
    const { files } = await findFiles(['-', path]);
    expect(files.map((file) => file.name)).toEqual([path.split(/[/\\]/).slice(-2).join('/'), 'stdin']);
  });

  it('is there once', async () => {
    giveInput();
    await findFiles(['-']);
    const { files, unreadable } = await findFiles(['-']);
    expect(files).toEqual([]);
    expect(unreadable).toEqual([
      { name: 'stdin', reason: 'io', detail: expect.stringContaining('Save it to a file') as string },
    ]);
  });
});
