import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openOutput, writtenFiles } from './output.ts';
import { makeFolder } from './testing/expansion.ts';

const folder = makeFolder();
const at = (name: string): string => join(folder.path, name);
afterAll(() => folder.remove());

describe('openOutput', () => {
  it('shows the file only when it is whole', async () => {
    const output = await openOutput(at('out.json'));
    const text = 'a line\n'.repeat(20_000);
    await output.write(text);
    await output.write('玉衡');
    expect(existsSync(at('out.json'))).toBe(false);
    await output.close();
    expect(readFileSync(at('out.json'), 'utf8')).toBe(`${text}玉衡`);
    expect(existsSync(at('out.json.partial'))).toBe(false);
  });

  it('leaves an older file as it was when it gives up', async () => {
    writeFileSync(at('old.json'), 'old');
    const output = await openOutput(at('old.json'));
    await output.write('x'.repeat(100_000));
    await output.discard();
    await output.discard();
    expect(readFileSync(at('old.json'), 'utf8')).toBe('old');
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.partial'))).toEqual([]);
    await expect(output.write('more')).rejects.toMatchObject({ code: 'YH-FILE-IO' });
  });

  it.skipIf(process.platform === 'win32')('replaces what a link leads to, not the link', async () => {
    writeFileSync(at('target.json'), 'old');
    symlinkSync('target.json', at('link.json'));
    const output = await openOutput(at('link.json'));
    await output.write('new');
    await output.close();
    expect(readFileSync(at('target.json'), 'utf8')).toBe('new');
    expect(readFileSync(at('link.json'), 'utf8')).toBe('new');
  });

  it.skipIf(process.platform === 'win32')('says which files it will write, through links', async () => {
    mkdirSync(at('real'));
    symlinkSync('real', at('alias'));
    writeFileSync(at('real/there.csv'), '');
    symlinkSync('there.csv', at('real/link.csv'));
    writeFileSync(at('elsewhere'), '');
    symlinkSync('../elsewhere', at('real/new.csv.partial'));
    expect(await writtenFiles(at('alias/link.csv'))).toEqual([at('real/there.csv'), at('real/there.csv.partial')]);
    expect(await writtenFiles(at('alias/new.csv'))).toEqual([at('real/new.csv'), at('elsewhere')]);
    expect(await writtenFiles('/dev/null')).toEqual([]);
    await expect(writtenFiles(at('no/out.csv'))).rejects.toMatchObject({ code: 'YH-FILE-MISSING' });
    await expect(writtenFiles(at('real'))).rejects.toMatchObject({ code: 'YH-FILE-IS-FOLDER' });
  });

  it('says what is wrong with a path', async () => {
    mkdirSync(at('folder'));
    await expect(openOutput(at('folder'))).rejects.toMatchObject({ code: 'YH-FILE-IS-FOLDER' });
    await expect(openOutput(at('no/out.json'))).rejects.toMatchObject({
      code: 'YH-FILE-MISSING',
      message: expect.stringContaining('Check the path') as string,
    });
  });

  it.skipIf(!existsSync('/dev/full'))('says that a disk is full', async () => {
    const output = await openOutput('/dev/full');
    await output.write('a');
    await expect(output.close()).rejects.toMatchObject({
      code: 'YH-FILE-NO-SPACE',
      message:
        '/dev/full could not be written: there is no space left on the disk. Free some space, or choose a folder on another disk (TMPDIR for temporary files).',
    });
    expect(existsSync('/dev/full.partial')).toBe(false);
  });
});
