import { readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { expandFile } from './expand.ts';
import { FileError } from './file-error.ts';
import { PACKED_AT, tarOf, zipOf, zstdOf } from './testing/archives.ts';
import { expanded, inputFile, makeFolder, textOf } from './testing/expansion.ts';

const folder = makeFolder();
afterAll(() => folder.remove());

type Promised = Uint8Array | Promise<Uint8Array>;
const MEMBERS = [['d'], ['d/a.log', 'one'], ['b.log', 'two']] as const;
const READ = ['!/d/a.log: one', '!/b.log: two'];

describe('expandFile', () => {
  it.each<[string, Promised, string[]]>([
    ['a plain file', Buffer.from('text'), ['f: text']],
    ['an empty file', Buffer.alloc(0), ['f: ']],
    ['gzip', gzipSync('text'), ['f: text']],
    ['gzip of nothing', gzipSync(''), ['f: ']],
    ['gzip of several members', Buffer.concat([gzipSync('te'), gzipSync('xt')]), ['f: text']],
    ['gzip padded with zeros', Buffer.concat([gzipSync('text'), Buffer.alloc(100_000)]), ['f: text']],
    ['zstd', zstdOf('text'), ['f: text']],
    ['zstd of nothing', zstdOf(''), ['f: ']],
    ['zstd of several frames', Buffer.concat([zstdOf('te'), zstdOf('xt')]), ['f: text']],
    ['gzip in gzip', gzipSync(gzipSync('text')), ['f: text']],
    ['tar', tarOf(MEMBERS), READ.map((line) => `f${line}`)],
    ['tar in gzip', tarOf(MEMBERS).then((bytes) => gzipSync(bytes)), READ.map((line) => `f${line}`)],
    ['tar in zstd', tarOf(MEMBERS).then((bytes) => zstdOf(bytes)), READ.map((line) => `f${line}`)],
    ['zip', zipOf(MEMBERS), READ.map((line) => `f${line}`)],
    ['zip in gzip', zipOf(MEMBERS).then((bytes) => gzipSync(bytes)), READ.map((line) => `f${line}`)],
    ['an empty zip', zipOf([]), []],
    ['an empty tar', tarOf([]), ['f: '.padEnd(3 + 1024, '\0')]],
  ])('%s', async (_what, bytes, lines) => {
    expect(await expanded(inputFile(folder.path, 'f', await bytes))).toEqual(lines);
  });

  it('passes by what macOS leaves beside files, and only that', async () => {
    const double = Buffer.from([0x00, 0x05, 0x16, 0x07, 0, 2, 0, 0]);
    const store = Buffer.from('\0\0\0\x01Bud1\0\0', 'latin1');
    const bytes = await zipOf([
      ['a.log', 'one'],
      ['__MACOSX/._a.log', double],
      ['.DS_Store', store],
      ['d/._b.log', 'a log after all'],
      ['c.bin', double],
    ]);
    expect(await expanded(inputFile(folder.path, 'mac.zip', bytes))).toEqual([
      'mac.zip!/a.log: one',
      'mac.zip!/d/._b.log: a log after all',
      `mac.zip!/c.bin: ${double.toString()}`,
    ]);
  });

  it('reads large members whole', async () => {
    const large = 'a line of a log\n'.repeat(200_000);
    const file = inputFile(
      folder.path,
      'large.zip',
      await zipOf([['tar.gz', gzipSync(await tarOf([['x.zst', zstdOf(large)]]))]]),
    );
    expect(await expanded(file)).toEqual([`large.zip!/tar.gz!/x: ${large}`]);
  });

  it('names members after the file inside, archives after themselves', async () => {
    const inner = await zipOf([['c.log.gz', gzipSync('deep')]]);
    const bytes = await zipOf([
      ['a.log.gz', gzipSync('one')],
      ['a.log', 'plain'],
      ['not.gz', 'text'],
      ['../b.zip', inner],
      ['t.tar.gz', gzipSync(await tarOf([['d.log', 'four']]))],
    ]);
    expect(await expanded(inputFile(folder.path, 'n.zip', bytes))).toEqual([
      'n.zip!/a.log: one',
      'n.zip!/a.log~2: plain',
      'n.zip!/not.gz: text',
      'n.zip!/b.zip!/c.log: deep',
      'n.zip!/t.tar.gz!/d.log: four',
    ]);
  });

  it('gives a packed archive its ending back', async () => {
    const file = inputFile(folder.path, 'e.tar.gz', gzipSync(await tarOf([['d.log', 'four']])));
    expect(await expanded({ ...file, name: 'e.tar' })).toEqual(['e.tar.gz!/d.log: four']);
  });

  it('tells the folder and the time of each', async () => {
    const inner = await tarOf([['x/y.log', '']]);
    const file = inputFile(
      folder.path,
      'where.zip',
      await zipOf([
        ['p/in.tar', inner],
        ['q.log', ''],
      ]),
    );
    const items: unknown[] = [];
    for await (const item of expandFile(file)) if ('folder' in item) items.push([item.folder, item.modifiedMs]);
    const base = file.path.replaceAll('\\', '/');
    expect(items).toEqual([
      [`${base}!/p/in.tar!/x`, PACKED_AT.getTime()],
      [`${base}!`, PACKED_AT.getTime()],
    ]);
  });

  it('takes a DOS time as UTC', async () => {
    const file = inputFile(folder.path, 'dos.zip', await zipOf([['q.log', '']], { extendedTimestamp: false }));
    const local = new Date(PACKED_AT);
    for await (const item of expandFile(file)) {
      const expected = Date.UTC(
        local.getFullYear(),
        local.getMonth(),
        local.getDate(),
        local.getHours(),
        local.getMinutes(),
        12,
      );
      expect('modifiedMs' in item && item.modifiedMs).toBe(expected);
    }
  });

  it('reads archives three deep, and says so of the fourth', async () => {
    let bytes = await zipOf([['x.log', 'bottom']]);
    const names = ['n.zip!/x.log: bottom', 'n.zip!/n.zip!/x.log: bottom', 'n.zip!/n.zip!/n.zip!/x.log: bottom'];
    for (const name of [...names, 'n.zip!/n.zip!/n.zip!/n.zip! too-deep']) {
      expect(await expanded(inputFile(folder.path, 'n.zip', bytes))).toEqual([name]);
      bytes = await zipOf([['n.zip', bytes]]);
    }
  });

  it('counts a compression as a level only around another', async () => {
    let bytes: Uint8Array = Buffer.from('text');
    for (let depth = 1; depth <= 4; depth++) bytes = gzipSync(bytes);
    expect(await expanded(inputFile(folder.path, 'f', bytes))).toEqual(['f: text']);
    expect(await expanded(inputFile(folder.path, 'f', gzipSync(bytes)))).toEqual(['f! too-deep']);
  });

  it('tells how far it is, and never more than there is', async () => {
    const bytes = await zipOf(
      [
        ['a', 'x'.repeat(300_000)],
        ['b', 'y'],
      ],
      { level: 0 },
    );
    const file = inputFile(folder.path, 'p.zip', bytes);
    let read = 0;
    await expanded(file, { onBytes: (count) => (read += count) });
    expect(read).toBe(file.size);
  });
});

/** Temporary folders of ours that this user may look into; other users' runs have theirs beside them. */
function ownFolders(): string[] {
  const uid = process.getuid?.();
  const all = readdirSync(tmpdir())
    .filter((name) => name.startsWith('yuheng-'))
    .map((name) => join(tmpdir(), name));
  return all.filter((path) => statSync(path, { throwIfNoEntry: false })?.uid === (uid ?? 0));
}

describe('a LogFile', () => {
  it('can be left unread or half read', async () => {
    const member = 'z'.repeat(1_000_000);
    const members = [
      ['a', member],
      ['b', member],
      ['c', 'last'],
    ] as const;
    for (const bytes of [await zipOf(members), gzipSync(await tarOf(members))]) {
      const seen: string[] = [];
      for await (const item of expandFile(inputFile(folder.path, 'l', bytes))) {
        seen.push(item.name);
        if ('bytes' in item && item.name === 'l!/b') for await (const _ of item.bytes()) break;
      }
      expect(seen).toEqual(['l!/a', 'l!/b', 'l!/c']);
    }
  });

  it('leaves neither descriptors nor temporary files when all is left half-way', async () => {
    const open = (): number => readdirSync('/proc/self/fd').length;
    const spools = (): string[] =>
      ownFolders()
        // Folders of other tests come and go meanwhile.
        .filter((name) => !name.includes('yuheng-test-'))
        .flatMap((name) => readdirSync(name, { recursive: true }).map(String))
        .filter((name) => name.endsWith('spooled'));
    const before = [process.platform === 'linux' ? open() : 0, spools()];
    const bytes = await zipOf([['in.zip', await zipOf([['a', 'x'.repeat(1_000_000)]])]]);
    for await (const item of expandFile(inputFile(folder.path, 'h.zip', bytes))) {
      if ('bytes' in item) await item.bytes()[Symbol.asyncIterator]().next();
      break;
    }
    expect([process.platform === 'linux' ? open() : 0, spools()]).toEqual(before);
  });

  it('is read once', async () => {
    for await (const item of expandFile(inputFile(folder.path, 'once', 'text'))) {
      if (!('bytes' in item)) throw new Error(item.detail);
      await textOf(item.bytes());
      await expect(textOf(item.bytes())).rejects.toThrow(FileError);
    }
  });

  it('lets members go of which only the beginning is wanted', async () => {
    const members = Array.from({ length: 64 }, (_, index) => [`m${index}`, 'x'.repeat(300_000)] as const);
    let begun = 0;
    for await (const found of expandFile(inputFile(folder.path, 'many.zip', await zipOf(members)))) {
      if ('reason' in found) throw new Error(found.detail);
      for await (const chunk of found.bytes()) {
        begun += Math.min(1, chunk.byteLength);
        break;
      }
    }
    expect(begun).toBe(members.length);
  });
});
