import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { ServerError } from '../server-error.ts';

/** Bounds of bodies. */
export interface BodyLimits {
  /** Bytes of one body, unpacked. */
  readonly maxBodyBytes: number;
  /** Bytes of all bodies that are being read. */
  readonly maxReadingBytes: number;
}

/** Reads request bodies, unpacked, within bounds for each and for all together. */
export class BodyReader {
  private readonly limits: BodyLimits;
  private reading = 0;

  constructor(limits: BodyLimits) {
    this.limits = limits;
  }

  /** The body's bytes. `encoding` is the request's Content-Encoding. */
  async read(stream: Readable, encoding: string | undefined): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const chunk of unpacked(stream, encoding)) {
        size += chunk.byteLength;
        this.reading += chunk.byteLength;
        if (size > this.limits.maxBodyBytes) throw tooLarge(this.limits.maxBodyBytes);
        if (this.reading > this.limits.maxReadingBytes) throw new ServerError(429, 'YH-BUSY', BUSY, 1);
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    } catch (error) {
      if (error instanceof ServerError) throw error;
      throw new ServerError(400, 'YH-BODY-DAMAGED', DAMAGED);
    } finally {
      this.reading -= size;
      stream.resume();
    }
  }
}

function unpacked(stream: Readable, encoding = 'identity'): AsyncIterable<Uint8Array> {
  // A body that is refused is not torn away: the answer has to reach its sender.
  const chunks = stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  if (encoding === 'identity') return chunks;
  if (encoding === 'gzip') return gunzipped(stream);
  if (encoding === 'zstd') return unzstd(chunks);
  throw new ServerError(415, 'YH-ENCODING', ENCODING);
}

/** A stream that breaks off breaks this one too; whoever reads it is told. */
function gunzipped(stream: Readable): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip();
  pipeline(stream, gunzip, () => {});
  return gunzip as AsyncIterable<Uint8Array>;
}

async function* unzstd(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let ended = false;
  const decompress = new Decompress((chunk, last) => {
    ready.push(chunk);
    ended ||= last === true;
  });
  for await (const chunk of packed) {
    decompress.push(chunk);
    yield* ready.splice(0);
  }
  decompress.push(new Uint8Array(), true);
  yield* ready.splice(0);
  if (!ended) throw new Error('the frame is cut');
}

function tooLarge(maxBodyBytes: number): ServerError {
  return new ServerError(413, 'YH-BODY-TOO-LARGE', {
    en: `The body is larger than ${maxBodyBytes} bytes when it is unpacked. Send it in several parts.`,
    'zh-CN': `请求体解压后超过 ${maxBodyBytes} 字节。请分成几部分发送。`,
  });
}

const BUSY = {
  en: 'Too many bodies are being received at once. Send again in a moment.',
  'zh-CN': '同时接收的请求体过多。请稍后重新发送。',
};
const DAMAGED = {
  en: 'The body is cut, or not packed as its Content-Encoding says. Nothing of it was taken; send it again.',
  'zh-CN': '请求体被截断，或与其 Content-Encoding 不符。未接收任何内容；请重新发送。',
};
const ENCODING = {
  en: 'This Content-Encoding is not known. Send the body as it is, or with gzip or zstd.',
  'zh-CN': '不支持此 Content-Encoding。请直接发送，或使用 gzip、zstd。',
};
