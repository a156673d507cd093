import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';

const deflate = promisify<Uint8Array, { readonly level: number }, Buffer>(deflateRaw);
const inflate = promisify<Uint8Array, Buffer>(inflateRaw);

/** A body as it is kept. */
export interface Packed {
  readonly packed: boolean;
  readonly body: Buffer;
}

/** Shorter bodies gain nothing. */
const WORTH_PACKING_BYTES = 512;
/** The journal is read once and soon: the fastest level. */
const LEVEL = 1;

export async function pack(body: Uint8Array): Promise<Packed> {
  if (body.byteLength < WORTH_PACKING_BYTES)
    return { packed: false, body: Buffer.from(body.buffer, body.byteOffset, body.byteLength) };
  return { packed: true, body: await deflate(body, { level: LEVEL }) };
}

export async function unpack({ packed, body }: Packed): Promise<Uint8Array> {
  return packed ? inflate(body) : body;
}
