import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFiles } from './find.ts';
import { makeFolder } from './testing/expansion.ts';

const folder = makeFolder();
const at = (...segments: string[]): string => join(folder.path, ...segments);
const isRoot = process.getuid?.() === 0;
const isWindows = process.platform === 'win32';

beforeAll(() => {
  mkdirSync(at('case', 'h1'), { recursive: true });
  mkdirSync(at('case', 'h2'));
  writeFileSync(at('case', 'h1', 'a.log'), 'one');
  writeFileSync(at('case', 'h2', 'a.log'), 'two');
  writeFileSync(at('case', 'h2', 'b.log.gz'), gzipSync('three'));
  writeFileSync(at('case', 'h2', 'no.gz'), 'not packed at all');
});
afterAll(() => folder.remove());

async function names(...paths: string[]): Promise<string[]> {
  return (await findFiles(paths)).files.map((file) => file.name);
}

describe('findFiles', () => {
  it('names the files of a folder by their ways, in the order of code units', async () => {
    expect(await names(at('case'))).toEqual(['h1/a.log', 'h2/a.log', 'h2/b.log', 'h2/no.gz']);
  });

  it('gives real paths and sizes', async () => {
    const { files } = await findFiles([at('case', 'h1')]);
    expect(files).toEqual([{ path: at('case', 'h1', 'a.log'), name: 'a.log', size: 3 }]);
  });

  it('does not depend on the order of arguments, nor on one inside another', async () => {
    const [h1, h2] = [at('case', 'h1', 'a.log'), at('case', 'h2')];
    const expected = ['b.log', 'h1/a.log', 'h2/a.log', 'no.gz'];
    expect(await names(h1, h2)).toEqual(expected);
    expect(await names(h2, h1, h1)).toEqual(expected);
    expect(await names(h1, at('case'))).toEqual(await names(at('case')));
  });

  it('shows nothing of the path outside a folder', async () => {
    const { files, unreadable } = await findFiles([at('case')]);
    const shown = JSON.stringify([files.map((file) => file.name), unreadable]);
    expect(shown).not.toContain('files-test-');
  });

  it('leaves out what is not wanted, before it names the rest', async () => {
    mkdirSync(at('same', 'a'), { recursive: true });
    mkdirSync(at('same', 'b'));
    for (const way of ['a', 'b']) writeFileSync(at('same', way, 'x.log'), way);
    const wants = ({ path }: { readonly path: string }): boolean => path !== at('same', 'b', 'x.log');
    const { files } = await findFiles([at('same', 'a', 'x.log'), at('same', 'b', 'x.log')], { wants });
    expect(files).toEqual([{ path: at('same', 'a', 'x.log'), name: 'x.log', size: 1 }]);
  });

  it('names what is missing, with what to do', async () => {
    const missing = at('nothing');
    expect(await findFiles([missing, missing])).toEqual({
      files: [],
      unreadable: [{ name: missing, reason: 'missing', detail: expect.stringContaining('Check the path') as string }],
    });
  });

  it('keeps apart what is missing in two places', async () => {
    symlinkSync('gone', at('case', 'h1', 'dangling'));
    symlinkSync('gone', at('case', 'h2', 'dangling'));
    const { unreadable } = await findFiles([at('case', 'h1'), at('case', 'h2')]);
    expect(unreadable.map((file) => [file.name, file.reason])).toEqual([
      ['dangling', 'missing'],
      ['dangling', 'missing'],
    ]);
  });
});

describe.skipIf(isWindows)('findFiles through links', () => {
  it('ends on loops, and names a file by its own place', async () => {
    mkdirSync(at('loop', 'deep'), { recursive: true });
    writeFileSync(at('loop', 'deep', 'z.log'), '');
    symlinkSync('..', at('loop', 'deep', 'up'));
    symlinkSync('deep', at('loop', 'a-first'));
    symlinkSync('deep/z.log', at('loop', 'b.log'));
    symlinkSync('self', at('loop', 'self'));
    const { files, unreadable } = await findFiles([at('loop')]);
    expect(files.map((file) => file.name)).toEqual(['deep/z.log']);
    expect(unreadable.map((file) => [file.name, file.reason])).toEqual([['self', 'io']]);
  });

  it('follows a link out of the folder under the link’s name', async () => {
    mkdirSync(at('out'));
    mkdirSync(at('target'));
    writeFileSync(at('target', 'c.log'), '');
    symlinkSync(at('target'), at('out', 'linked'));
    expect(await names(at('out'))).toEqual(['linked/c.log']);
  });

  it('does not open pipes', async () => {
    mkdirSync(at('special'));
    execFileSync('mkfifo', [at('special', 'pipe')]);
    const { unreadable } = await findFiles([at('special')]);
    expect(unreadable).toEqual([
      { name: 'pipe', reason: 'unsupported', detail: expect.stringContaining('standard input') as string },
    ]);
  });
});

if (isRoot) console.info('Skipped: unreadable files and folders, since root can read all of them.');
describe.skipIf(isRoot || isWindows)('findFiles without permission', () => {
  it('names the folders and files that it cannot read', async () => {
    mkdirSync(at('closed', 'folder'), { recursive: true });
    writeFileSync(at('closed', 'file.log'), '');
    chmodSync(at('closed', 'file.log'), 0);
    chmodSync(at('closed', 'folder'), 0);
    const { files, unreadable } = await findFiles([at('closed')]);
    chmodSync(at('closed', 'folder'), 0o700);
    expect(files).toEqual([]);
    expect(unreadable.map((file) => [file.name, file.reason])).toEqual([
      ['file.log', 'no-permission'],
      ['folder', 'no-permission'],
    ]);
  });
});
