/** A way of packing files that is unpacked here. */
export type Container = 'gzip' | 'zstd' | 'zip' | 'tar';

/** How many first bytes tell a container. */
export const MAGIC_BYTES = 512;

/** The ending of a compressed file, with its dot; a file that is called nothing else keeps it. */
export const COMPRESSED_ENDING = /(?<=[^/\\])\.(gz|zst)$/i;

const TAR_MAGIC_OFFSET = 257;

/** What a file is packed with, by its first bytes: RFC 1952, RFC 8878 (frames and skippable frames), APPNOTE.TXT 4.3, POSIX ustar and GNU tar. */
export function containerOf(head: Uint8Array): Container | undefined {
  if (startsWith(head, 0x1f, 0x8b, 0x08)) return 'gzip';
  if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd) || isSkippableFrame(head)) return 'zstd';
  if (startsWith(head, 0x50, 0x4b, 3, 4) || startsWith(head, 0x50, 0x4b, 5, 6) || isSpannedZip(head)) return 'zip';
  if (head.length >= MAGIC_BYTES && Buffer.from(head.subarray(TAR_MAGIC_OFFSET, TAR_MAGIC_OFFSET + 5)).equals(USTAR)) {
    return 'tar';
  }
  return undefined;
}

const USTAR = Buffer.from('ustar');

function startsWith(head: Uint8Array, ...magic: readonly number[]): boolean {
  return magic.every((byte, index) => head[index] === byte);
}

/** Written by pzstd before each frame. */
function isSkippableFrame(head: Uint8Array): boolean {
  return (head[0]! & 0xf0) === 0x50 && startsWith(head.subarray(1), 0x2a, 0x4d, 0x18);
}

/** Some writers leave the marker of a spanned archive in one that was not split after all. */
function isSpannedZip(head: Uint8Array): boolean {
  const marker = startsWith(head, 0x50, 0x4b, 7, 8) || startsWith(head, 0x50, 0x4b, 0x30, 0x30);
  return marker && startsWith(head.subarray(4), 0x50, 0x4b, 3, 4);
}
