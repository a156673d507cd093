import { crc32 } from 'node:zlib';
import { hex } from './corrupt.ts';
import {
  FILE_HEADER_SIZE,
  FILE_SIGNATURE,
  FLAGS_OFFSET,
  HEADER_CHECKSUM_OFFSET,
  NO_CHECKSUM_FLAG,
  signatureAt,
} from './format.ts';
import type { EvtxLoss } from './loss.ts';

/**
 * What a file header says wrong about itself. Nothing is lost with it: a log that was not closed cleanly has old counts
 * there, so the chunks are found without it. Unknown flags are let pass.
 */
export function checkFileHeader(bytes: Uint8Array): EvtxLoss[] {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const loss = { offset: 0, length: head.length, records: 0 };
  const signature = signatureAt(head, 0);
  if (signature !== FILE_SIGNATURE) {
    const [expected, found] = [JSON.stringify(FILE_SIGNATURE), JSON.stringify(signature)];
    return [{ ...loss, what: 'file signature', expected, found }];
  }
  if (head.length < FILE_HEADER_SIZE) {
    return [{ ...loss, what: 'file header', expected: `${FILE_HEADER_SIZE} bytes`, found: `${head.length} bytes` }];
  }
  const [stored, computed] = [head.readUInt32LE(HEADER_CHECKSUM_OFFSET), crc32(head.subarray(0, FLAGS_OFFSET))];
  const checked = (head.readUInt32LE(FLAGS_OFFSET) & NO_CHECKSUM_FLAG) === 0;
  if (!checked || stored === computed) return [];
  return [{ ...loss, what: 'file header checksum', expected: hex(computed), found: hex(stored) }];
}
