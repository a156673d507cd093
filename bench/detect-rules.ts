import { dump, loadAll } from 'js-yaml';
import { loadRules, packKey, packRules, unpackRules, type CompiledRule, type SigmaSource } from '@yuheng/sigma';
import type { DetectInput } from './detect-input.ts';
import { cpuSeconds, median, ROUNDS } from './measure.ts';

/** Keys with these modifiers keep their values: changed, they would be something else or wrong. */
const KEPT = /\|(?:re|cidr|exists|expand|fieldref|lt|lte|gt|gte|base64offset|base64)\b/;

/** Every so manieth rule, in their order. */
export function someOf(rules: readonly CompiledRule[], count: number): readonly CompiledRule[] {
  return Array.from({ length: count }, (_, index) => rules[Math.floor((index * rules.length) / count)]!);
}

/** The rules and as many more as make `times` as many: the same rules with other texts in them. */
export function manyOf(sources: readonly SigmaSource[], times: number): readonly CompiledRule[] {
  const copies = Array.from({ length: times }, (_, copy) =>
    sources.map(({ file, text }) =>
      copy === 0 ? { file, text } : { file: `${copy}/${file}`, text: varied(text, copy) },
    ),
  );
  return loadRules(copies.flat()).rules;
}

function varied(text: string, copy: number): string {
  const documents = loadAll(text) as { id?: string; name?: string; detection?: { [name: string]: unknown } }[];
  for (const rule of documents) {
    rule.id = `${rule.id ?? ''} ${copy}`;
    delete rule.name;
    for (const [name, selection] of Object.entries(rule.detection ?? {}))
      if (name !== 'condition') rule.detection![name] = variedValue(selection, copy);
  }
  return documents.map((rule) => dump(rule)).join('---\n');
}

/** The same shape; texts get other letters in their middle. */
function variedValue(value: unknown, copy: number): unknown {
  if (typeof value === 'string' && value !== '') {
    const middle = value.length >> 1;
    return `${value.slice(0, middle)}${'~^`'[copy - 1]}${value.slice(middle)}`;
  }
  if (Array.isArray(value)) return value.map((inner) => variedValue(inner, copy));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, KEPT.test(key) ? inner : variedValue(inner, copy)]);
  return Object.fromEntries(entries) as unknown;
}

/** CPU seconds to find and read a pack of the rules; detections are read when they are asked. */
export async function cachedCompileSeconds({ sources }: DetectInput): Promise<number> {
  const pack = packRules(loadRules(sources), '');
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const work = (): void => {
      packKey(sources, {}, 'bench');
      unpackRules(pack, '');
    };
    rounds.push(await cpuSeconds(work));
  }
  return median(rounds);
}
