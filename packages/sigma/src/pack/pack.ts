import { createHash } from 'node:crypto';
import { makeRule, ReaderCache, type RuleHead } from '../compiled-rule.ts';
import type { LoadOptions, RuleSet } from '../load.ts';
import type { SigmaSource } from '../types.ts';
import { decodeDetection, encodeDetection } from './encode-detection.ts';
import { seal, unseal } from './sealed.ts';

/** Another number where the form changes. */
const FORM = 'sigma rules 3';

/** A rule set as data. Detections stay bytes until a rule is asked: megabytes of text that most hunts never read. */
interface Packed extends Omit<RuleSet, 'rules'> {
  readonly rules: readonly RuleHead[];
  readonly detections: Uint8Array;
  /** By rule: where its detection ends. */
  readonly ends: Uint32Array;
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
  for (const { file, text, fault } of sources) {
    add(file);
    add(text);
    if (fault !== undefined) add(fault);
  }
  return hash.digest('hex');
}

/** Writes loaded rules as bytes: data, no code, so that they need not be read from their files again. `key`: {@link packKey} of what they were loaded from. */
export function packRules(set: RuleSet, key: string): Uint8Array {
  const rules = set.rules.map(({ rule, fields, readsText, filters }) => ({ rule, fields, readsText, filters }));
  const texts = set.rules.map(({ detection }) => Buffer.from(encodeDetection(detection)));
  let end = 0;
  const ends = Uint32Array.from(texts, ({ byteLength }) => (end += byteLength));
  const correlations = set.correlations.map(({ correlation }) => ({ correlation }));
  const { filters, silent, problems } = set;
  const detections = Buffer.concat(texts);
  return seal(FORM, key, { rules, detections, ends, correlations, filters, silent, problems } satisfies Packed);
}

/** Reads what {@link packRules} wrote; `undefined` where the bytes are damaged, of another form or of another key. */
export function unpackRules(bytes: Uint8Array, key: string): RuleSet | undefined {
  const packed = unseal(FORM, key, bytes) as Packed | undefined;
  if (!packed) return undefined;
  const { rules, detections, ends, ...rest } = packed;
  const texts = Buffer.from(detections.buffer, detections.byteOffset, detections.byteLength);
  const readers = new ReaderCache();
  const textOf = (rule: number): string => texts.toString('utf8', ends[rule - 1] ?? 0, ends[rule]);
  return {
    ...rest,
    rules: rules.map((head, rule) => makeRule(head, () => decodeDetection(textOf(rule)), readers)),
  };
}
