import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { makeRule, ReaderCache, type RuleHead } from '../compiled-rule.ts';
import type { LoadOptions, RuleSet } from '../load.ts';
import type { SigmaSource } from '../types.ts';
import { decodeDetection, encodeDetection } from './encode-detection.ts';

/** Begins every pack; another number where the form changes. */
const MAGIC = Buffer.from('sigma rules 1\n');
const HASH_BYTES = 32;

/** A rule set as data. Detections stay text until a rule is asked. */
interface Packed extends Omit<RuleSet, 'rules'> {
  readonly rules: readonly (readonly [RuleHead, detection: string])[];
}

/**
 * Says the same for the same sources, options and `maker` (a program's version: another one may read rules otherwise),
 * and something else for any others: the name under which a pack is kept. Hexadecimal SHA-256.
 */
export function packKey(sources: Iterable<SigmaSource>, options: LoadOptions, maker: string): string {
  const hash = createHash('sha256');
  const add = (text: string): unknown => hash.update(`${text.length}:`).update(text);
  add(maker);
  add(JSON.stringify(options));
  for (const { file, text } of sources) {
    add(file);
    add(text);
  }
  return hash.digest('hex');
}

/** Writes loaded rules as bytes: data, no code, so that they need not be read from their files again. */
export function packRules(set: RuleSet): Uint8Array {
  const rules = set.rules.map(
    ({ rule, fields, readsText, filters, detection }) =>
      [{ rule, fields, readsText, filters }, encodeDetection(detection)] as const,
  );
  const correlations = set.correlations.map(({ correlation }) => ({ correlation }));
  const { silent, problems } = set;
  const payload = serialize({ rules, correlations, silent, problems } satisfies Packed);
  return Buffer.concat([MAGIC, hashOf(payload), payload]);
}

/** Reads what {@link packRules} wrote; `undefined` where the bytes are damaged or of another form. */
export function unpackRules(bytes: Uint8Array): RuleSet | undefined {
  const pack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const payload = pack.subarray(MAGIC.length + HASH_BYTES);
  if (!pack.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  if (!pack.subarray(MAGIC.length, MAGIC.length + HASH_BYTES).equals(hashOf(payload))) return undefined;
  const { rules, ...rest } = deserialize(payload) as Packed;
  const readers = new ReaderCache();
  return {
    ...rest,
    rules: rules.map(([head, detection]) => makeRule(head, () => decodeDetection(detection), readers)),
  };
}

function hashOf(payload: Uint8Array): Buffer {
  return createHash('sha256').update(payload).digest();
}
