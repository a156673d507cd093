import { describe, expect, it } from 'vitest';
import { containerOf, MAGIC_BYTES } from './container.ts';

function tarHead(magic: string, length = MAGIC_BYTES): Buffer {
  const head = Buffer.alloc(length);
  head.write(magic, 257, 'latin1');
  return head;
}

describe('containerOf', () => {
  it.each<[string, Uint8Array, string | undefined]>([
    ['gzip', Buffer.from([0x1f, 0x8b, 8]), 'gzip'],
    ['a gzip of another method', Buffer.from([0x1f, 0x8b, 7]), undefined],
    ['a zstd frame', Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 'zstd'],
    ['a zstd frame to skip', Buffer.from([0x5f, 0x2a, 0x4d, 0x18]), 'zstd'],
    ['what is no frame to skip', Buffer.from([0x60, 0x2a, 0x4d, 0x18]), undefined],
    ['zip', Buffer.from('PK\u0003\u0004'), 'zip'],
    ['an empty zip', Buffer.from('PK\u0005\u0006'), 'zip'],
    ['a zip that was to be split', Buffer.from('PK00PK\u0003\u0004'), 'zip'],
    ['text that begins so', Buffer.from('PK00 is a product key'), undefined],
    ['POSIX tar', tarHead('ustar\u000000'), 'tar'],
    ['GNU tar', tarHead('ustar  \0'), 'tar'],
    ['tar that is cut off in its header', tarHead('ustar\u000000', MAGIC_BYTES - 1), undefined],
    ['nothing', Buffer.alloc(0), undefined],
  ])('%s', (_what, head, container) => {
    expect(containerOf(head)).toBe(container);
  });
});
