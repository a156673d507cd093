import { crc32 } from 'node:zlib';
import { ByteReader } from './byte-reader.ts';
import { containerOf } from './container.ts';
import { damagedDeflate, inflateRaw, truncatedDeflate } from './inflate.ts';

const FIXED_HEADER_BYTES = 10;
const MAGIC_BYTES = 3;
/** Names and comments in a header are a path or a line: longer ones were made to fill memory. */
const MAX_TEXT_BYTES = 64 * 1024;
const Flag = { headerChecksum: 2, extra: 4, name: 8, comment: 16 } as const;

/**
 * Unpacks gzip with any number of members (RFC 1952), padded with zeros or not, and checks their CRC-32. Where they are cut off or damaged,
 * throws `Loss` after what comes before.
 *
 * The members are told apart here: zlib's own gunzip drops a member's content when something else follows it.
 */
export async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(packed);
  try {
    for (let head = await reader.peek(MAGIC_BYTES); head.length > 0; head = await reader.peek(MAGIC_BYTES)) {
      if (containerOf(head) !== 'gzip') return await skipPadding(reader);
      await skipHeader(reader);
      yield* member(reader);
    }
    reader.throwFailure();
  } finally {
    await reader.close();
  }
}

async function* member(reader: ByteReader): AsyncGenerator<Uint8Array> {
  let checksum = 0;
  for await (const chunk of inflateRaw(reader)) {
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  const trailer = await takeAll(reader, 8);
  if (trailer.readUInt32LE(0) !== checksum) throw damagedDeflate('its checksum is wrong');
}

async function skipHeader(reader: ByteReader): Promise<void> {
  const flags = (await takeAll(reader, FIXED_HEADER_BYTES))[3]!;
  if (flags & Flag.extra) await takeAll(reader, (await takeAll(reader, 2)).readUInt16LE());
  if (flags & Flag.name) await skipText(reader);
  if (flags & Flag.comment) await skipText(reader);
  if (flags & Flag.headerChecksum) await takeAll(reader, 2);
}

async function skipText(reader: ByteReader): Promise<void> {
  const text = await reader.peek(MAX_TEXT_BYTES);
  const end = text.indexOf(0);
  if (end >= 0) reader.drop(end + 1);
  else throw text.length < MAX_TEXT_BYTES ? truncatedDeflate() : damagedDeflate('a name in its header has no end');
}

async function skipPadding(reader: ByteReader): Promise<void> {
  for await (const chunk of reader.stream()) {
    if (chunk.some((byte) => byte !== 0)) throw damagedDeflate('something else follows it');
  }
}

async function takeAll(reader: ByteReader, count: number): Promise<Buffer> {
  const bytes = await reader.take(count);
  if (bytes.length < count) throw truncatedDeflate();
  return bytes;
}
