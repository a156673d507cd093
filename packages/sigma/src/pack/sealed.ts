import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';

const HASH_BYTES = 32;

/** Writes plain data as bytes: a name of its form, a hash over it and the key that it is kept under, and the data as V8 serialises it. */
export function seal(form: string, key: string, data: unknown): Uint8Array {
  const payload = serialize(data);
  return Buffer.concat([magicOf(form), hashOf(key, payload), payload]);
}

/** Reads what {@link seal} wrote; `undefined` where the bytes are damaged, of another form or kept under another key. */
export function unseal(form: string, key: string, bytes: Uint8Array): unknown {
  const sealed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = magicOf(form);
  const payload = sealed.subarray(magic.length + HASH_BYTES);
  if (!sealed.subarray(0, magic.length).equals(magic)) return undefined;
  if (!sealed.subarray(magic.length, magic.length + HASH_BYTES).equals(hashOf(key, payload))) return undefined;
  return deserialize(payload);
}

function magicOf(form: string): Buffer {
  return Buffer.from(`${form}\n`);
}

function hashOf(key: string, payload: Uint8Array): Buffer {
  return createHash('sha256').update(`${key.length}:${key}`).update(payload).digest();
}
