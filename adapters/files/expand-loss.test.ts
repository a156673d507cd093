import { appendFileSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { RATIO_APPLIES_FROM } from './budget.ts';
import { expandFile, type ExpandOptions } from './expand.ts';
import { tarOf, zipOf, zstdOf } from './testing/archives.ts';
import { MAX_DIRECTORY_BYTES } from './zip.ts';
import { expanded, inputFile, makeFolder } from './testing/expansion.ts';

const folder = makeFolder();
afterAll(() => folder.remove());

/** Text that deflate cannot make small, so that half of the packed bytes hold about half of it. */
const NOISE = Array.from({ length: 40_000 }, (_, line) => `${line} ${(line * 2654435761) % 4294967296}\n`).join('');

async function lossOf(bytes: Uint8Array, options?: ExpandOptions): Promise<string[]> {
  return expanded(inputFile(folder.path, 'f', bytes), options);
}

/** What was read of `NOISE` before the loss: a true beginning of it, and more than a third. */
function expectBeginning(line: string | undefined, name: string): void {
  const [, text] = line?.split(`${name}: `) ?? [];
  expect(text).toBeDefined();
  expect(NOISE.startsWith(text!)).toBe(true);
  expect(text!.length).toBeGreaterThan(NOISE.length / 3);
}

function half(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.length / 2);
}

describe('what is cut off gives what it still holds, then says so', () => {
  it.each<[string, () => Promise<Uint8Array>, string]>([
    ['gzip', async () => half(gzipSync(NOISE)), 'f'],
    ['zstd', async () => half(zstdOf(NOISE)), 'f'],
    ['tar', async () => half(await tarOf([['a', NOISE]])), 'f!/a'],
    ['tar in gzip', async () => half(gzipSync(await tarOf([['a', NOISE]]))), 'f!/a'],
    ['gzip in tar', async () => half(await tarOf([['a.gz', gzipSync(NOISE)]])), 'f!/a'],
    ['gzip in zip', async () => zipOf([['a.gz', half(gzipSync(NOISE))]]), 'f!/a'],
  ])('%s', async (_what, make, name) => {
    const lines = await lossOf(await make());
    expectBeginning(lines[0], name);
    expect(lines.slice(1)).toEqual([`${name}! truncated`]);
  });

  it.each([
    ['sizes before the data', { dataDescriptor: false }],
    ['sizes after the data', { dataDescriptor: true }],
    ['stored', { level: 0 }],
    ['stored, sizes before the data', { level: 0, dataDescriptor: false }],
  ])('zip, %s', async (_what, settings) => {
    const lines = await lossOf(half(await zipOf([['first', 'whole'], ['d'], ['a', NOISE], ['b', 'gone']], settings)));
    expect(lines[0]).toBe('f!/first: whole');
    expectBeginning(lines[1], 'f!/a');
    expect(lines.slice(2)).toEqual(['f!/a! truncated', 'f! truncated']);
  });

  it('a zip in a gzip that is cut off', async () => {
    const lines = await lossOf(half(gzipSync(await zipOf([['a', NOISE]], { level: 0 }))));
    expectBeginning(lines[0], 'f!/a');
    expect(lines.slice(1)).toEqual(['f!/a! truncated', 'f! truncated']);
  });

  it('an encrypted zip', async () => {
    const bytes = await zipOf([['a', NOISE]], { password: 'infected', zipCrypto: true });
    expect(await lossOf(half(bytes))).toEqual(['f!/a! encrypted', 'f! truncated']);
  });

  it('a gzip in its very header', async () => {
    expect(await lossOf(gzipSync('x').subarray(0, 5))).toEqual(['f! truncated']);
  });

  it.each([1, 100, 511, 512, 600])('a tar in header or padding (%i bytes left)', async (left) => {
    const archive = await tarOf([
      ['a', 'one'],
      ['b', 'two'],
    ]);
    const lines = await lossOf(archive.subarray(0, 1024 + left));
    expect(lines[0]).toBe('f!/a: one');
    expect(lines.slice(1)).toEqual(left < 512 ? ['f! truncated'] : left < 515 ? ['f!/b! truncated'] : ['f!/b: two']);
  });
});

describe('what is damaged gives what comes before, then says so', () => {
  function flip(bytes: Uint8Array, at: number): Uint8Array {
    const damaged = Uint8Array.from(bytes);
    for (let index = at; index < at + 64; index++) damaged[index] = damaged[index]! ^ 0xff;
    return damaged;
  }

  it('gzip', async () => {
    const packed = gzipSync(NOISE);
    const lines = await lossOf(flip(packed, Math.floor(packed.length / 2)));
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe('f! damaged');
    expect(lines[0]!.slice(0, 1_000)).toBe(`f: ${NOISE}`.slice(0, 1_000));
  });

  it('gzip followed by something else', async () => {
    expect(await lossOf(Buffer.concat([gzipSync('text'), Buffer.from('rubbish')]))).toEqual(['f: text', 'f! damaged']);
  });

  it('a tar header: the rest of the archive', async () => {
    const archive = await tarOf([
      ['a', 'one'],
      ['b', 'two'],
    ]);
    expect(await lossOf(flip(archive, 1024 + 100))).toEqual(['f!/a: one', 'f! damaged']);
  });

  it('a zip member: the others are read', async () => {
    const archive = await zipOf(
      [
        ['a', NOISE],
        ['b', 'two'],
      ],
      { level: 0 },
    );
    const lines = await lossOf(flip(archive, 1_000));
    expect(lines.slice(1)).toEqual(['f!/a! damaged', 'f!/b: two']);
  });

  it('a zip directory: members are found by their headers', async () => {
    const archive = await zipOf([
      ['a', 'one'],
      ['b.gz', gzipSync('two')],
    ]);
    const directory = archive.indexOf('PK\u0001\u0002', 0, 'latin1');
    expect(await lossOf(flip(archive, directory))).toEqual(['f!/a: one', 'f!/b: two', 'f! damaged']);
  });

  it.each([
    [0, 'damaged'],
    [1, 'too-large'],
  ])('a zip directory of its greatest size and %i bytes more', async (more, reason) => {
    const path = join(folder.path, 'f');
    const length = MAX_DIRECTORY_BYTES + more;
    const end = Buffer.from(`PK\u0005\u0006${'\0'.repeat(18)}`, 'latin1');
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(length, 12);
    writeFileSync(path, 'PK\u0005\u0006');
    truncateSync(path, length);
    appendFileSync(path, end);
    expect(await expanded({ path, name: 'f', size: length + 22 })).toEqual([`f! ${reason}`]);
  });

  it('a zip directory that is missing from a file larger than any directory', async () => {
    const archive = await zipOf([['a', 'one']]);
    const path = join(folder.path, 'f');
    const size = MAX_DIRECTORY_BYTES + 1;
    writeFileSync(path, archive.subarray(0, archive.indexOf('PK\u0001\u0002', 0, 'latin1')));
    truncateSync(path, size);
    expect(await expanded({ path, name: 'f', size })).toEqual(['f!/a: one', 'f! truncated']);
  });

  it('a file that is gone', async () => {
    const file = inputFile(folder.path, 'gone', 'x');
    unlinkSync(file.path);
    expect(await expanded(file)).toEqual(['gone! missing']);
  });

  it('a file that became a folder', async () => {
    const path = join(folder.path, 'became');
    symlinkSync(folder.path, path);
    expect(await expanded({ path, name: 'became', size: 1 })).toEqual(['became! io']);
  });
});

describe('encrypted zips', () => {
  it.each([
    ['ZipCrypto', { zipCrypto: true }],
    ['AES-128', { encryptionStrength: 1 as const }],
    ['AES-256', { encryptionStrength: 3 as const }],
  ])('%s: the customary password opens them, others do not', async (_what, settings) => {
    const members = [
      ['a', NOISE],
      ['b.gz', gzipSync('two')],
    ] as const;
    const opened = await lossOf(await zipOf(members, { ...settings, password: 'infected' }));
    expect(opened).toEqual([`f!/a: ${NOISE}`, 'f!/b: two']);
    const closed = await lossOf(await zipOf(members, { ...settings, password: 'another' }));
    expect(closed.filter((line) => line.endsWith('! encrypted')).length).toBe(2);
  });
});

describe('bombs', () => {
  const zeros = Buffer.alloc(1_000_000);

  it.each<[string, () => Promise<Uint8Array>]>([
    ['gzip', async () => gzipSync(zeros)],
    ['zstd', async () => zstdOf(zeros)],
    [
      'zip',
      async () =>
        zipOf([
          ['a', zeros],
          ['b', 'two'],
        ]),
    ],
    [
      'zip in zip',
      async () =>
        zipOf([
          ['in.zip', await zipOf([['a', zeros]])],
          ['b', 'two'],
        ]),
    ],
    [
      'many members that are small enough',
      async () =>
        zipOf([
          ['a', zeros.subarray(0, 300_000)],
          ['b', zeros.subarray(0, 300_000)],
        ]),
    ],
    ['a zip in gzip, spooled', async () => gzipSync(await zipOf([['a', zeros]], { level: 0 }))],
    [
      'a zip without directory',
      async () =>
        (
          await zipOf(
            [
              ['a', zeros],
              ['b', zeros],
            ],
            { dataDescriptor: true },
          )
        ).subarray(0, -30),
    ],
  ])('%s: stops at maxUnpackedBytes with one loss, the last', async (_what, make) => {
    const lines = await lossOf(await make(), { maxUnpackedBytes: 500_000 });
    expect(lines.filter((line) => line.includes('!') && line.endsWith('too-large'))).toHaveLength(1);
    expect(lines.at(-1)).toMatch(/! too-large$/);
    expect(lines.join('').length).toBeLessThan(500_500);
  });

  it('lets pass what fits exactly', async () => {
    expect(await lossOf(gzipSync(zeros), { maxUnpackedBytes: zeros.length })).toHaveLength(1);
  });

  it('stops unread members too', async () => {
    const file = inputFile(
      folder.path,
      'f',
      gzipSync(
        await tarOf([
          ['a', zeros],
          ['b', 'two'],
        ]),
      ),
    );
    const names: string[] = [];
    for await (const item of expandFile(file, { maxUnpackedBytes: 500_000 })) names.push(item.name);
    expect(names).toEqual(['f!/a', 'f']);
  });

  it('stops overlapping entries, which all unpack the same bytes', async () => {
    const archive = await zipOf([['a', zeros.subarray(0, 200_000)]]);
    const lines = await lossOf(withEntries(archive, 50), { maxUnpackedBytes: 500_000 });
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toBe('f!/a~3! too-large');
  });

  it('stops at the ratio, once what was unpacked can hurt', async () => {
    const packed = gzipSync(Buffer.alloc(RATIO_APPLIES_FROM + 1_000_000));
    const read = async (maxUnpackedRatio: number): Promise<[number, string | undefined]> => {
      let size = 0;
      let reason: string | undefined;
      for await (const item of expandFile(inputFile(folder.path, 'f', packed), { maxUnpackedRatio })) {
        if ('reason' in item) reason = item.reason;
        else for await (const chunk of item.bytes()) size += chunk.length;
      }
      return [size, reason];
    };
    const [size, reason] = await read(2);
    expect(reason).toBe('too-large');
    expect(size).toBeLessThanOrEqual(RATIO_APPLIES_FROM);
    expect(size).toBeGreaterThan(RATIO_APPLIES_FROM - 1_000_000);
    expect(await read(2_000)).toEqual([RATIO_APPLIES_FROM + 1_000_000, undefined]);
  });

  it('stops at maxMembers, all archives together', async () => {
    const two = await tarOf([
      ['a', ''],
      ['b', ''],
    ]);
    const bytes = await zipOf([
      ['x.tar', two],
      ['y.tar', two],
    ]);
    expect(await lossOf(bytes, { maxMembers: 6 })).toHaveLength(4);
    expect(await lossOf(bytes, { maxMembers: 5 })).toEqual([
      'f!/x.tar!/a: ',
      'f!/x.tar!/b: ',
      'f!/y.tar!/a: ',
      'f!/y.tar! too-large',
    ]);
  });
});

/** The archive with its only directory entry repeated: all of them name the same bytes. */
function withEntries(archive: Buffer, count: number): Buffer {
  const start = archive.indexOf('PK\u0001\u0002', 0, 'latin1');
  const end = archive.indexOf('PK\u0005\u0006', start, 'latin1');
  const entry = archive.subarray(start, end);
  const tail = Buffer.from(archive.subarray(end));
  tail.writeUInt16LE(count, 8);
  tail.writeUInt16LE(count, 10);
  tail.writeUInt32LE(entry.length * count, 12);
  return Buffer.concat([archive.subarray(0, start), ...Array.from({ length: count }, () => entry), tail]);
}
