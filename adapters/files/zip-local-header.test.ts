import { describe, expect, it } from 'vitest';
import { readLocalHeader } from './zip-local-header.ts';

interface Fields {
  readonly flags?: number;
  readonly packed?: number;
  readonly extra?: readonly number[];
}

/** The local header of a file `a`, deflated, of 9 March 2024, 10:11:12. */
function header({ flags = 0, packed = 5, extra = [] }: Fields): Buffer {
  const bytes = Buffer.alloc(30);
  bytes.write('PK\u0003\u0004', 'latin1');
  bytes.writeUInt16LE(flags, 6);
  bytes.writeUInt16LE(8, 8);
  bytes.writeUInt16LE((10 << 11) | (11 << 5) | 6, 10);
  bytes.writeUInt16LE((44 << 9) | (3 << 5) | 9, 12);
  bytes.writeUInt32LE(packed, 18);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(extra.length, 28);
  return Buffer.concat([bytes, Buffer.from('a'), Buffer.from(extra)]);
}

const PLAIN = {
  length: 31,
  name: 'a',
  method: 8,
  isEncrypted: false,
  modifiedMs: Date.UTC(2024, 2, 9, 10, 11, 12),
  packedBytes: 5,
};
const ZIP64 = [1, 0, 16, 0, ...Array<number>(8).fill(0), 7, 0, 0, 0, 1, 0, 0, 0];

describe('readLocalHeader', () => {
  it.each<[string, Buffer, object | undefined]>([
    ['a plain one', header({}), PLAIN],
    ['an encrypted one', header({ flags: 1 }), { ...PLAIN, isEncrypted: true }],
    [
      'sizes of 64 bits',
      header({ packed: 0xffffffff, extra: ZIP64 }),
      { ...PLAIN, length: 51, packedBytes: 2 ** 32 + 7 },
    ],
    [
      'a time of Unix',
      header({ extra: [0x55, 0x54, 5, 0, 1, 2, 0, 0, 0] }),
      { ...PLAIN, length: 40, modifiedMs: 2_000 },
    ],
    ['fields that end too early', header({ extra: [0x55, 0x54, 5, 0, 1] }), { ...PLAIN, length: 36 }],
    ['another mark', Buffer.from(header({}).toString('latin1').replace('PK', 'QK'), 'latin1'), undefined],
    ['a header that is cut off', header({}).subarray(0, 30), undefined],
  ])('%s', (_what, bytes, expected) => {
    expect(readLocalHeader(bytes)).toEqual(expected);
  });

  it('leaves out a size that comes after the content', () => {
    expect(readLocalHeader(header({ flags: 8, packed: 0 }))).not.toHaveProperty('packedBytes');
    expect(readLocalHeader(header({ flags: 8, packed: 5 }))).toEqual(PLAIN);
  });
});
