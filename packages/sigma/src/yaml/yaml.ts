import {
  boolCoreTag,
  CORE_SCHEMA,
  defineScalarTag,
  floatCoreTag,
  intCoreTag,
  loadAll,
  mergeTag,
  NOT_RESOLVED,
  nullCoreTag,
  realMapTag,
  YAMLException,
} from 'js-yaml';
import type { Limits } from '../limits.ts';
import { readBlockYaml } from './block-yaml.ts';

/** A YAML value: maps are `Map`s, so that no key (`__proto__`, say) means more than itself. */
export type Yaml = null | string | number | bigint | boolean | readonly Yaml[] | YamlMap;
export type YamlMap = ReadonlyMap<string, Yaml>;

/** Why a file is not a list of YAML documents. */
export interface YamlFault {
  readonly code: 'yaml.syntax' | 'yaml.too-long' | 'yaml.too-deep' | 'yaml.too-many-nodes' | 'yaml.unreadable';
  readonly why: string;
  readonly line?: number;
}

/** Integers whose leading zeros a number would lose are kept as texts, and those too long for a double as bigints. */
const LEADING_ZERO = /^[+-]?0[0-9]+$/;
const LONG_INTEGER = /^-?[1-9][0-9]{15,4095}$/;

const writtenInteger = defineScalarTag<number | bigint | string>(intCoreTag.tagName, {
  implicit: true,
  implicitFirstChars: intCoreTag.implicitFirstChars,
  identify: intCoreTag.identify,
  resolve: (source, isExplicit, tagName) => {
    const value = intCoreTag.resolve(source, isExplicit, tagName);
    if (value === NOT_RESOLVED) return value;
    if (LEADING_ZERO.test(source)) return source;
    return LONG_INTEGER.test(source) ? BigInt(source) : value;
  },
});

/** Characters of a text that a problem quotes. */
const MAX_QUOTE = 120;

const SCHEMA = CORE_SCHEMA.withTags(mergeTag, realMapTag, writtenInteger);

/** What a word without quotes can be besides a text, asked in the order of the schema. */
const WORD_TAGS = [nullCoreTag, boolCoreTag, writtenInteger, floatCoreTag] as const;
/** How every such word begins. */
const MEANS_MORE = /^[-+.0-9~nNtTfF]/;

/** What a word without quotes means. */
export function meaning(word: string): Yaml {
  if (!MEANS_MORE.test(word)) return word;
  for (const tag of WORD_TAGS) {
    const value = tag.resolve(word, false, tag.tagName);
    if (value !== NOT_RESOLVED) return value;
  }
  return word;
}

/** Reads the documents of a file; empty documents are `null`. */
export function parseYaml(text: string, limits: Limits): readonly Yaml[] | YamlFault {
  if (text.length > limits.fileLength)
    return { code: 'yaml.too-long', why: `it has ${text.length} characters, the bound is ${limits.fileLength}` };
  return readBlockYaml(text, { meaning, depth: limits.depth }) ?? parseWholeYaml(text, limits);
}

/** The same by the whole library, which reads every form. */
export function parseWholeYaml(text: string, limits: Limits): readonly Yaml[] | YamlFault {
  try {
    return loadAll(text, { schema: SCHEMA, maxDepth: limits.depth + 1 }) as readonly Yaml[];
  } catch (error) {
    return faultOf(error);
  }
}

function faultOf(error: unknown): YamlFault {
  const why = error instanceof YAMLException ? error.reason : error instanceof Error ? error.message : String(error);
  const line = error instanceof YAMLException ? error.mark?.line : undefined;
  const code = /maxDepth/.test(why) ? 'yaml.too-deep' : 'yaml.syntax';
  return line === undefined ? { code, why } : { code, why, line: line + 1 };
}

/**
 * Looks through a document once, with aliases written out, and says why it cannot be used: cycles and alias bombs
 * end at the bounds, keys have to be texts.
 */
export function inspectYaml(document: Yaml, limits: Limits): YamlFault | undefined {
  const pending: { readonly value: unknown; readonly depth: number }[] = [{ value: document, depth: 0 }];
  for (let nodes = 1; pending.length > 0; nodes++) {
    const { value, depth } = pending.pop() as { value: unknown; depth: number };
    if (nodes > limits.nodes)
      return { code: 'yaml.too-many-nodes', why: `with aliases written out it has more than ${limits.nodes} values` };
    if (depth > limits.depth)
      return { code: 'yaml.too-deep', why: `it nests deeper than ${limits.depth} levels (or refers to itself)` };
    if (value instanceof Map) {
      for (const [key, inner] of value) {
        if (typeof key !== 'string') return { code: 'yaml.unreadable', why: `the key ${String(key)} is not a text` };
        pending.push({ value: inner, depth: depth + 1 });
      }
    } else if (Array.isArray(value)) {
      for (const inner of value) pending.push({ value: inner, depth: depth + 1 });
    } else if (typeof value === 'object' && value !== null) {
      return { code: 'yaml.unreadable', why: 'it holds a value that is neither text, number, list nor map' };
    }
  }
  return undefined;
}

export function isMap(value: Yaml | undefined): value is YamlMap {
  return value instanceof Map;
}

export function isList(value: Yaml | undefined): value is readonly Yaml[] {
  return Array.isArray(value);
}

/** A value as a problem quotes it: short, and never the inside of a collection. */
export function quoted(value: Yaml): string {
  if (isMap(value)) return 'a map';
  if (isList(value)) return 'a list';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, MAX_QUOTE)) : String(value);
}
