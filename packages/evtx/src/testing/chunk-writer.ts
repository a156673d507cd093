import { crc32 } from 'node:zlib';
import { CHUNK_HEADER_SIZE, CHUNK_SIGNATURE, CHUNK_SIZE, FLAGS_OFFSET, HEADER_CHECKSUM_OFFSET } from '../format.ts';
import { BinXmlWriter } from './binxml-writer.ts';
import type { SampleRecord } from './sample.ts';

const RECORD_SIGNATURE = 0x00002a2a;
const STRING_TABLE = 128;
const STRING_BUCKETS = 64;

/** Writes records into one chunk, with its header, its tables and its checksums. */
export class ChunkWriter {
  /** Twice the size of a chunk: what does not fit is noticed when it is there, and given up. */
  readonly #body = new BinXmlWriter(CHUNK_SIZE * 2, CHUNK_HEADER_SIZE);
  readonly #records: { readonly recordId: bigint; readonly offset: number }[] = [];
  #end = CHUNK_HEADER_SIZE;

  /** Whether the record fitted. If not, the chunk is full: no other may be added. */
  add(record: SampleRecord): boolean {
    const { bytes } = this.#body;
    const offset = bytes.offset;
    bytes.u32(RECORD_SIGNATURE);
    bytes.u32(0);
    bytes.u64(record.recordId);
    bytes.u64(record.written);
    this.#body.document(record.root);
    const size = bytes.offset + 4 - offset;
    bytes.u32(size);
    bytes.buffer.writeUInt32LE(size, offset + 4);
    if (bytes.offset > CHUNK_SIZE) return false;
    this.#records.push({ recordId: record.recordId, offset });
    this.#end = bytes.offset;
    return true;
  }

  /** The 64 KiB of the chunk. */
  finish(): Buffer {
    const chunk = Buffer.alloc(CHUNK_SIZE);
    this.#body.bytes.buffer.copy(chunk, 0, 0, this.#end);
    const [first, last] = [this.#records[0], this.#records.at(-1)];
    chunk.write(CHUNK_SIGNATURE, 0, 'latin1');
    for (const [at, id] of [first, last, first, last].entries()) chunk.writeBigUInt64LE(id?.recordId ?? 0n, 8 + at * 8);
    chunk.writeUInt32LE(128, 40);
    chunk.writeUInt32LE(last?.offset ?? 0, 44);
    chunk.writeUInt32LE(this.#end, 48);
    this.#writeStringTable(chunk);
    chunk.writeUInt32LE(crc32(chunk.subarray(CHUNK_HEADER_SIZE, this.#end)), 52);
    const fixed = crc32(chunk.subarray(0, FLAGS_OFFSET));
    chunk.writeUInt32LE(crc32(chunk.subarray(STRING_TABLE, CHUNK_HEADER_SIZE), fixed), HEADER_CHECKSUM_OFFSET);
    return chunk;
  }

  /** Names hang in chains by their hash; the newest of a chain stands in the table and points to the one before. */
  #writeStringTable(chunk: Buffer): void {
    for (const offset of this.#body.nameOffsets) {
      if (offset >= this.#end) continue;
      const bucket = STRING_TABLE + (chunk.readUInt16LE(offset + 4) % STRING_BUCKETS) * 4;
      chunk.writeUInt32LE(chunk.readUInt32LE(bucket), offset);
      chunk.writeUInt32LE(offset, bucket);
    }
  }
}
