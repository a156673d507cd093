import type { RandomAccessFile } from './source.ts';

const BLOCK_BYTES = 64 * 1024;
const MARK = 'PK\u0007\u0008';
/** Mark, CRC-32 and the two sizes, and the mark of what comes next. */
const DESCRIPTOR_BYTES = 16;
const PACKED_SIZE_OFFSET = 8;

/**
 * Where content that was stored without its size ends: before the first descriptor (APPNOTE.TXT 4.3.9) that tells just this length.
 * `undefined` where there is none up to the end of the file.
 */
export async function findDescriptor(file: RandomAccessFile, start: number): Promise<number | undefined> {
  for (let offset = start; offset < file.size; offset += BLOCK_BYTES) {
    const block = await file.read(offset, BLOCK_BYTES + DESCRIPTOR_BYTES);
    for (let at = block.indexOf(MARK, 0, 'latin1'); at >= 0; at = block.indexOf(MARK, at + 1, 'latin1')) {
      const isWhole = at + DESCRIPTOR_BYTES <= block.length;
      if (isWhole && block.readUInt32LE(at + PACKED_SIZE_OFFSET) === offset + at - start) return offset + at;
    }
  }
  return undefined;
}
