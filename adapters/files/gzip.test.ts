import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gunzip } from './gzip.ts';
import { Loss } from './loss.ts';
import { textOf } from './testing/expansion.ts';

const PACKED = gzipSync('text');
const NAME = 8;
const ALL = 2 | 4 | NAME | 16;

/** `PACKED` with other flags, and the fields that belong to them. */
function withHeader(flags: number, fields: string): Buffer {
  const header = Buffer.from(PACKED.subarray(0, 10));
  header[3] = flags;
  return Buffer.concat([header, Buffer.from(fields, 'latin1'), PACKED.subarray(10)]);
}

async function read(bytes: Uint8Array, chunk = bytes.length): Promise<string> {
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < bytes.length; start += chunk) yield bytes.subarray(start, start + chunk);
  }
  try {
    return await textOf(gunzip(source()));
  } catch (error) {
    if (error instanceof Loss) return error.reason;
    throw error;
  }
}

describe('gunzip', () => {
  it.each([1, 2, 10, 64])('reads members in chunks of %i', async (chunk) => {
    const bytes = Buffer.concat([PACKED, withHeader(ALL, '\u0002\0exname\0comment\0hc'), PACKED, Buffer.alloc(10)]);
    expect(await read(bytes, chunk)).toBe('texttexttext');
  });

  it('reads a name up to the bound, and no longer one', async () => {
    expect(await read(withHeader(NAME, `${'n'.repeat(64 * 1024 - 1)}\0`))).toBe('text');
    expect(await read(withHeader(NAME, `${'n'.repeat(64 * 1024)}\0`))).toBe('damaged');
  });

  it.each([3, 9, 11, 20, PACKED.length - 1])('tells that it is cut off after %i bytes', async (length) => {
    expect(await read(PACKED.subarray(0, length))).toBe('truncated');
  });

  it('tells a wrong checksum', async () => {
    const changed = Buffer.from(PACKED);
    changed[PACKED.length - 5] = changed[PACKED.length - 5]! ^ 1;
    expect(await read(changed)).toBe('damaged');
  });
});
