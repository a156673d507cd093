import { createInflateRaw, type InflateRaw } from 'node:zlib';
import type { ByteReader } from './byte-reader.ts';
import { Loss } from './loss.ts';

/** Deflate gives at most 1,032 bytes for one: what is fed at once comes out as 17 MB at most. */
const FEED_BYTES = 16 * 1024;
/** What zlib gives at once; when it meets damage, it loses less than this before it. */
const CHUNK_BYTES = 32 * 1024;

/**
 * Takes a bare deflate stream (RFC 1951) from a reader, which then stands behind it. Where it is cut off or damaged, throws `Loss` after
 * what comes before.
 *
 * The engine is fed by hand: reading it as a stream would lose what it holds when it fails, let one chunk grow a thousandfold, and not tell
 * where it ends.
 */
export async function* inflateRaw(packed: ByteReader): AsyncGenerator<Uint8Array> {
  const engine = createInflateRaw({ chunkSize: CHUNK_BYTES });
  const feeder = new Feeder(engine);
  try {
    while (!feeder.ended) {
      const chunk = await packed.peekChunk(FEED_BYTES);
      if (chunk.length > 0) packed.drop(await feeder.feed(chunk));
      else await feeder.finish();
      yield* feeder.take();
    }
  } finally {
    engine.destroy();
  }
}

/** The compressed data ends too early. */
export function truncatedDeflate(): Loss {
  return new Loss(
    'truncated',
    'The rest is missing: the compressed data ends before its end mark. Copy the file again from its source.',
  );
}

/** The compressed data is not what it was when it was written. */
export function damagedDeflate(cause: string): Loss {
  return new Loss(
    'damaged',
    `The rest could not be unpacked: the compressed data is damaged (${cause}). Copy the file again from its source.`,
  );
}

class Feeder {
  /** The end mark was met. */
  ended = false;
  private readonly engine: InflateRaw;
  private readonly out: Uint8Array[] = [];
  private failure: Error | undefined;
  private wake: () => void = () => {};

  constructor(engine: InflateRaw) {
    this.engine = engine;
    engine.on('data', (chunk: Uint8Array) => this.out.push(chunk));
    engine.on('error', (error) => {
      this.failure = error;
      this.wake();
    });
    engine.on('end', () => {
      this.ended = true;
      this.wake();
    });
  }

  /** Gives how many of the bytes belonged to the stream. The callback of `write` does not come when it ends within them. */
  async feed(bytes: Uint8Array): Promise<number> {
    const before = this.engine.bytesWritten;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      this.engine.write(bytes, () => resolve());
    });
    return this.engine.bytesWritten - before;
  }

  /** There are no more bytes: either the end mark was the last of them, or this fails. */
  async finish(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      this.engine.end();
    });
  }

  *take(): Generator<Uint8Array> {
    yield* this.out.splice(0);
    if (this.failure) throw lossOf(this.failure);
  }
}

function lossOf(failure: Error): Loss {
  const isCut = 'code' in failure && failure.code === 'Z_BUF_ERROR';
  return isCut ? truncatedDeflate() : damagedDeflate(failure.message);
}
