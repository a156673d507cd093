import { describe, expect, it } from 'vitest';
import { Loss } from './loss.ts';
import { zstdOf } from './testing/archives.ts';
import { textOf } from './testing/expansion.ts';
import { MAX_WINDOW_BYTES, unzstd } from './zstd.ts';

/** Made by `zstd -19`: 40 times this line; a compressed block, a single segment and a checksum. */
const LINE = 'the same line again and again\n';
const COMPRESSED = Buffer.from('KLUv/WSwAxUBAMB0aGUgc2FtZSBsaW5lIGFnYWluIGFuZAoCAI8E9cVipQmy09YY', 'base64');
const SKIPPABLE = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function lossOf(bytes: Uint8Array): Promise<string> {
  try {
    return await textOf(unzstd(inChunks(bytes, 1000)));
  } catch (error) {
    if (error instanceof Loss) return error.reason;
    throw error;
  }
}

describe('unzstd', () => {
  it.each([1, 3, 7, 1000])('reads frames in chunks of %i', async (size) => {
    const frames = Buffer.concat([SKIPPABLE, COMPRESSED, zstdOf('raw'), SKIPPABLE, COMPRESSED]);
    expect(await textOf(unzstd(inChunks(frames, size)))).toBe(`${LINE.repeat(40)}raw${LINE.repeat(40)}`);
  });

  it('reads blocks that repeat a byte', async () => {
    const frame = zstdOf('x', 8);
    frame.writeUIntLE((100_000 << 3) | 2 | 1, 6, 3);
    expect(await textOf(unzstd(inChunks(frame, 5)))).toBe('x'.repeat(100_000));
  });

  it.each<[string, Uint8Array, string]>([
    ['cut in its header', COMPRESSED.subarray(0, 5), 'truncated'],
    ['cut in a block', COMPRESSED.subarray(0, 20), 'truncated'],
    ['cut in its checksum', COMPRESSED.subarray(0, -1), 'truncated'],
    ['cut in a frame to skip', SKIPPABLE.subarray(0, -1), 'truncated'],
    ['followed by something else', Buffer.concat([COMPRESSED, Buffer.from('rubbish')]), 'damaged'],
    ['with a reserved block type', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0, 7, 0, 0]), 'damaged'],
    ['with a block that is too large', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0, 1, 0, 0x80]), 'damaged'],
    ['with a dictionary', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1, 0, 9, 1, 0, 0]), 'unsupported'],
    [
      'of a size that no window holds',
      Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 0, 1, 0, 0, 0]),
      'unsupported',
    ],
  ])('a frame %s', async (_what, bytes, reason) => {
    expect(await lossOf(bytes)).toBe(reason);
  });

  it('refuses a window above the bound', async () => {
    const largest = Math.log2(MAX_WINDOW_BYTES) - 10;
    expect(await lossOf(zstdOf('text', largest))).toBe('text');
    expect(await lossOf(zstdOf('text', largest + 1))).toBe('unsupported');
  });

  it('never does anything but give bytes or tell a loss, whatever byte is changed', async () => {
    for (let at = 4; at < COMPRESSED.length; at++) {
      for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
        const changed = Buffer.from(COMPRESSED);
        changed[at] = value;
        const result = await lossOf(changed);
        expect(result.length).toBeLessThanOrEqual(128 * 1024);
      }
    }
  });
});
