import { crc32 } from 'node:zlib';
import {
  ERR_ENCRYPTED,
  ERR_INVALID_PASSWORD,
  ERR_UNSUPPORTED_COMPRESSION,
  ERR_UNSUPPORTED_ENCRYPTION,
  type FileEntry,
} from '@zip.js/zip.js';
import { ByteReader } from './byte-reader.ts';
import { inflateRaw } from './inflate.ts';
import { errnoOf } from './errno.ts';
import { Loss } from './loss.ts';
import { unzstd } from './zstd.ts';

/** The password that malware and evidence archives are shared with. */
const CUSTOMARY_PASSWORD = 'infected';
/** Compression methods of zip entries (APPNOTE.TXT 4.4.5). */
export const STORED = 0;
export const DEFLATED = 8;
const ZSTANDARD = 93;

/** The bytes of a zip entry, checked against its CRC-32. Damage throws `Loss` after all bytes before it were given. */
export async function* entryBytes(entry: FileEntry): AsyncGenerator<Uint8Array> {
  let checksum = 0;
  try {
    for await (const chunk of unpack(entry)) {
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (error) {
    throw toZipLoss(error, entry);
  }
  const expected = entry.crc32;
  if (!hasOwnSeal(entry) && expected !== undefined && checksum !== expected >>> 0)
    throw damagedEntry('its checksum is wrong', entry);
}

/** zip.js would drop what its decompressor holds when data is damaged, so the usual methods are unpacked here. */
function unpack(entry: FileEntry): AsyncIterable<Uint8Array> {
  switch (entry.compressionMethod) {
    case STORED:
      return read(entry, 'compressed');
    case DEFLATED:
      return inflated(entry);
    case ZSTANDARD:
      return unzstd(read(entry, 'compressed'));
    default:
      return read(entry, false);
  }
}

/** Lets the archive go when nobody wants the rest: zip.js reads only so many entries at once. */
async function* inflated(entry: FileEntry): AsyncGenerator<Uint8Array> {
  const packed = new ByteReader(read(entry, 'compressed'));
  try {
    yield* inflateRaw(packed);
  } finally {
    await packed.close();
  }
}

async function* read(entry: FileEntry, passThrough: 'compressed' | false): AsyncGenerator<Uint8Array> {
  const abort = new AbortController();
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const password = entry.encrypted ? { password: CUSTOMARY_PASSWORD } : {};
  const options = { passThrough, strictness: 'tolerant', signal: abort.signal, ...password } as const;
  const done = entry.getData(writable, options).then(
    () => undefined,
    async (error: unknown) => {
      await writable.abort(error).catch(() => {});
      return { error };
    },
  );
  try {
    yield* readable;
    const failure = await done;
    if (failure) throw failure.error;
  } finally {
    abort.abort();
    await done;
  }
}

/** AES entries of the second kind carry an authentication code, and no checksum. */
function hasOwnSeal(entry: FileEntry): boolean {
  return entry.encrypted && entry.extraFieldAES !== undefined && entry.crc32 === 0;
}

function toZipLoss(error: unknown, entry: FileEntry): unknown {
  if (errnoOf(error) !== undefined) return error;
  if (error instanceof Loss && error.reason !== 'damaged') return error;
  const message = error instanceof Error ? error.message : 'unknown cause';
  if (message === ERR_ENCRYPTED || message === ERR_INVALID_PASSWORD) return encryptedEntry();
  if (message === ERR_UNSUPPORTED_COMPRESSION || message === ERR_UNSUPPORTED_ENCRYPTION) {
    return new Loss(
      'unsupported',
      `It could not be unpacked: ${message.toLowerCase()} (method ${entry.compressionMethod}). Unpack the archive yourself and give the folder.`,
    );
  }
  return damagedEntry(message, entry);
}

/** One in 256 wrong passwords passes ZipCrypto's own test, and only shows as damage. */
function damagedEntry(cause: string, { zipCrypto }: FileEntry): Loss {
  if (zipCrypto) return encryptedEntry();
  return new Loss(
    'damaged',
    `The rest could not be unpacked: the zip archive is damaged (${cause}). Copy it again from its source.`,
  );
}

function encryptedEntry(): Loss {
  return new Loss(
    'encrypted',
    `It is encrypted, and the password is not "${CUSTOMARY_PASSWORD}". Unpack the archive with its password and give the folder.`,
  );
}
