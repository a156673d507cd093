import { Decompress } from 'fzstd';
import { ByteReader } from './byte-reader.ts';
import { containerOf } from './container.ts';
import { Loss } from './loss.ts';

/** Memory that one frame may ask for; zstd itself refuses more unless told otherwise (`--long`). */
export const MAX_WINDOW_BYTES = 128 * 2 ** 20;
const MAX_BLOCK_BYTES = 128 * 1024;
const MAGIC = 4;
const RLE = 1;
const RESERVED = 3;

interface FrameHeader {
  readonly bytes: Uint8Array;
  readonly checksumBytes: number;
}

/**
 * Unpacks zstd with any number of frames (RFC 8878), block by block, so that no input can make it hold more than a block and the window.
 * Checksums are not verified (fzstd knows none). Damage throws `Loss` after all blocks before it were given.
 */
export async function* unzstd(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(packed);
  try {
    for (;;) {
      const magic = await reader.peek(MAGIC);
      if (magic.length === 0) return reader.throwFailure();
      if (containerOf(magic) !== 'zstd') throw damaged('no frame begins where the next one should');
      if (magic[0] === 0x28) yield* unpackFrame(reader);
      else await skipFrame(reader);
    }
  } finally {
    await reader.close();
  }
}

async function skipFrame(reader: ByteReader): Promise<void> {
  const size = (await takeAll(reader, 8)).readUInt32LE(4);
  let skipped = 0;
  for await (const chunk of reader.stream(size)) skipped += chunk.length;
  if (skipped < size) throw truncated();
}

async function* unpackFrame(reader: ByteReader): AsyncGenerator<Uint8Array> {
  const { bytes, checksumBytes } = await takeHeader(reader);
  const out: Uint8Array[] = [];
  const engine = new Decompress((chunk) => out.push(chunk));
  push(engine, bytes);
  for (let last = false; !last;) {
    const header = await takeAll(reader, 3);
    const blockHeader = header.readUIntLE(0, 3);
    const type = (blockHeader >> 1) & 3;
    const size = blockHeader >> 3;
    last = (blockHeader & 1) === 1;
    if (type === RESERVED || size > MAX_BLOCK_BYTES) throw damaged('a block has no valid header');
    const body = await takeAll(reader, type === RLE ? 1 : size);
    push(engine, Buffer.concat([header, body]));
    if (last) push(engine, await takeAll(reader, checksumBytes), true);
    yield* out.splice(0).filter((chunk) => chunk.length > 0);
  }
}

/** RFC 8878, 3.1.1.1: magic, descriptor, window, dictionary id, content size. */
async function takeHeader(reader: ByteReader): Promise<FrameHeader> {
  const start = await reader.peek(MAGIC + 2);
  if (start.length < MAGIC + 2) throw truncated();
  const descriptor = start[MAGIC]!;
  const isSingle = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  const sizeOffset = MAGIC + 1 + (isSingle ? 0 : 1) + dictionaryBytes;
  const bytes = await takeAll(reader, sizeOffset + sizeBytes);
  if (dictionaryBytes > 0 && bytes.subarray(sizeOffset - dictionaryBytes, sizeOffset).some((byte) => byte !== 0)) {
    throw new Loss(
      'unsupported',
      'It was compressed with a dictionary, which is not here. Unpack it yourself: zstd -d -D <dictionary>.',
    );
  }
  const window = isSingle ? contentSize(bytes.subarray(sizeOffset)) : windowSize(bytes[MAGIC + 1]!);
  if (window > MAX_WINDOW_BYTES) {
    throw new Loss(
      'unsupported',
      `It asks for ${window} bytes of memory, more than the ${MAX_WINDOW_BYTES} allowed. Unpack it yourself: zstd -d --long=31.`,
    );
  }
  return { bytes, checksumBytes: (descriptor & 4) !== 0 ? 4 : 0 };
}

function contentSize(field: Buffer): number {
  if (field.length === 8) return Number(field.readBigUInt64LE());
  return field.readUIntLE(0, field.length) + (field.length === 2 ? 256 : 0);
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function push(engine: Decompress, bytes: Uint8Array, final = false): void {
  try {
    engine.push(bytes, final);
  } catch (error) {
    throw damaged(error instanceof Error ? error.message : 'unknown cause');
  }
}

async function takeAll(reader: ByteReader, count: number): Promise<Buffer> {
  const bytes = await reader.take(count);
  if (bytes.length < count) throw truncated();
  return bytes;
}

function truncated(): Loss {
  return new Loss(
    'truncated',
    'The rest is missing: the compressed data ends inside a frame. Copy the file again from its source.',
  );
}

function damaged(cause: string): Loss {
  return new Loss(
    'damaged',
    `The rest could not be unpacked: the compressed data is damaged (${cause}). Copy the file again from its source.`,
  );
}
