import { crc32 } from 'node:zlib';
import { FILE_HEADER_SIZE, FILE_SIGNATURE, FLAGS_OFFSET, HEADER_CHECKSUM_OFFSET } from '../format.ts';
import { ChunkWriter } from './chunk-writer.ts';
import type { SampleRecord } from './sample.ts';

/**
 * An event log file with these records, as Windows would have closed it: for tests and samples. Throws a RangeError
 * where one record is larger than a chunk.
 */
export function writeEvtx(records: readonly SampleRecord[]): Buffer {
  const chunks = writeChunks(records);
  return Buffer.concat([fileHeader(chunks.length, (records.at(-1)?.recordId ?? 0n) + 1n), ...chunks]);
}

function writeChunks(records: readonly SampleRecord[]): Buffer[] {
  let writer = new ChunkWriter();
  const chunks: Buffer[] = [];
  for (const record of records) {
    if (writer.add(record)) continue;
    chunks.push(writer.finish());
    writer = new ChunkWriter();
    if (!writer.add(record)) throw new RangeError(`record ${record.recordId} is larger than a chunk; make it shorter`);
  }
  return [...chunks, writer.finish()];
}

function fileHeader(chunks: number, nextRecordId: bigint): Buffer {
  const header = Buffer.alloc(FILE_HEADER_SIZE);
  header.write(FILE_SIGNATURE, 0, 'latin1');
  header.writeBigUInt64LE(BigInt(chunks - 1), 16);
  header.writeBigUInt64LE(nextRecordId, 24);
  header.writeUInt32LE(128, 32);
  header.writeUInt16LE(1, 36);
  header.writeUInt16LE(3, 38);
  header.writeUInt16LE(FILE_HEADER_SIZE, 40);
  header.writeUInt16LE(chunks, 42);
  header.writeUInt32LE(crc32(header.subarray(0, FLAGS_OFFSET)), HEADER_CHECKSUM_OFFSET);
  return header;
}
