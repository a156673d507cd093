import { createGunzip, createInflateRaw, type Gunzip, type InflateRaw } from 'node:zlib';
import { errnoOf } from './errno.ts';
import { Loss } from './loss.ts';

/** Deflate gives at most 1,032 bytes for one: what is fed at once comes out as 17 MB at most. */
const FEED_BYTES = 16 * 1024;
const CHUNK_BYTES = 64 * 1024;

/** Unpacks gzip with any number of members (RFC 1952). Damage throws `Loss` after all bytes before it were given. */
export function gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return inflate(packed, createGunzip({ chunkSize: CHUNK_BYTES }));
}

/**
 * Unpacks a bare deflate stream (RFC 1951), as zip has it. Damage throws `Loss` after all bytes before it were given. `onEnd` is told the
 * length of the stream when its end mark was met.
 */
export function inflateRaw(
  packed: AsyncIterable<Uint8Array>,
  onEnd?: (packedBytes: number) => void,
): AsyncGenerator<Uint8Array> {
  return inflate(packed, createInflateRaw({ chunkSize: CHUNK_BYTES }), onEnd);
}

/**
 * Feeds the engine by hand: reading it as a stream would lose what it holds when it fails, and let one chunk grow a thousandfold.
 */
async function* inflate(
  packed: AsyncIterable<Uint8Array>,
  engine: Gunzip | InflateRaw,
  onEnd?: (packedBytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const feeder = new Feeder(engine);
  try {
    for await (const chunk of packed) {
      for (let start = 0; start < chunk.length; start += FEED_BYTES) {
        await feeder.feed(chunk.subarray(start, start + FEED_BYTES));
        yield* feeder.take();
        if (feeder.ended) return onEnd?.(engine.bytesWritten);
      }
    }
    await feeder.finish();
    yield* feeder.take();
    onEnd?.(engine.bytesWritten);
  } finally {
    engine.destroy();
  }
}

class Feeder {
  /** The packed data ended; what follows it is padding. */
  ended = false;
  private readonly engine: Gunzip | InflateRaw;
  private out: Uint8Array[] = [];
  private failure: Error | undefined;
  private wake: () => void = () => {};

  constructor(engine: Gunzip | InflateRaw) {
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

  /** The callback does not come when the packed data ends within these bytes. */
  feed(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
      this.engine.write(bytes, () => resolve());
    });
  }

  finish(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
      this.engine.end();
    });
  }

  *take(): Generator<Uint8Array> {
    yield* this.out.splice(0);
    if (this.failure) throw lossOf(this.failure);
  }
}

function lossOf(error: Error): Error {
  if (errnoOf(error) !== undefined) return error;
  if ('code' in error && error.code === 'Z_BUF_ERROR') {
    return new Loss(
      'truncated',
      'The rest is missing: the compressed data ends before its end mark. Copy the file again from its source.',
    );
  }
  return new Loss(
    'damaged',
    `The rest could not be unpacked: the compressed data is damaged (${error.message}). Copy the file again from its source.`,
  );
}
