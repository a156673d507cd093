import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cacheFolder, PrivateCache } from '@yuheng/adapter-files';
import {
  joinLessons,
  loadRules,
  packKey,
  packLessons,
  packRules,
  unpackLessons,
  unpackRules,
  type LessonsByName,
  type Placeholders,
  type RuleSet,
  type SigmaSource,
} from '@yuheng/sigma';
import { isBuilt, version } from '../version.ts';
import type { RuleTexts } from './rules.ts';

/** Fewer rules are read as fast from their files. */
const LEAST_SOURCES = 50;

/** Where compiled rules are kept, and why they are not where that is so. */
export function ruleCacheState(): { readonly folder: string; readonly fault: string | undefined } {
  const folder = cacheFolder(process.env);
  return { folder, fault: new PrivateCache(folder).fault() };
}

/** Loads rules, from the cache where the same build has loaded the same texts before. */
export function loadCachedRules(sources: readonly SigmaSource[], placeholders: Placeholders): RuleSet {
  if (!isKept(sources)) return loadRules(sources, { placeholders });
  const cache = new PrivateCache(cacheFolder(process.env));
  const name = `rules-${keyOf(sources, placeholders)}`;
  const kept = cache.read(name);
  const known = kept && unpackRules(kept, name);
  if (known) return known;
  const set = loadRules(sources, { placeholders });
  cache.write(name, packRules(set, name));
  return set;
}

/** What hunts with the same rules found out about them. */
export class LessonCache {
  private readonly name: string | undefined;
  private readonly cache = new PrivateCache(cacheFolder(process.env));

  /** `exclude`: rules that were left out. */
  constructor({ sources, exclude, placeholders = {} }: RuleTexts) {
    if (!isKept(sources)) return;
    const left = exclude.toSorted().join('\n');
    this.name = `lessons-${packKey([], {}, `${keyOf(sources, placeholders)}\n${left}`)}`;
  }

  /** Nothing, where no hunt was before. */
  read(): LessonsByName {
    const kept = this.name === undefined ? undefined : this.cache.read(this.name);
    return (kept && unpackLessons(kept, this.name!)) ?? new Map();
  }

  /** Keeps lessons for the next hunt, beside those that others have left meanwhile. */
  write(lessons: LessonsByName): void {
    if (this.name === undefined) return;
    const all = new Map(this.read());
    for (const [name, own] of lessons) {
      const kept = all.get(name);
      all.set(name, kept ? joinLessons(own, kept) : own);
    }
    this.cache.write(this.name, packLessons(all, this.name));
  }
}

function isKept(sources: readonly SigmaSource[]): boolean {
  return isBuilt && sources.length >= LEAST_SOURCES;
}

const keys = new WeakMap<readonly SigmaSource[], string>();

/** Two builds of one version may read rules otherwise. */
function keyOf(sources: readonly SigmaSource[], placeholders: Placeholders): string {
  let key = keys.get(sources);
  if (key === undefined) {
    key = packKey(sources, {}, `${version} ${statSync(fileURLToPath(import.meta.url)).mtimeMs}`);
    keys.set(sources, key);
  }
  return packKey([], { placeholders }, key);
}
