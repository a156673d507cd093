import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cacheFolder, PrivateCache } from '@yuheng/adapter-files';
import { loadRules, packKey, packRules, unpackRules, type RuleSet, type SigmaSource } from '@yuheng/sigma';
import { isBuilt, version } from '../version.ts';

/** Fewer rules are read as fast from their files. */
const LEAST_SOURCES = 50;

/** Where compiled rules are kept, and why they are not where that is so. */
export function ruleCacheState(): { readonly folder: string; readonly fault: string | undefined } {
  const folder = cacheFolder(process.env);
  return { folder, fault: new PrivateCache(folder).fault() };
}

/** Loads rules, from the cache where the same build has loaded the same texts before. */
export function loadCachedRules(sources: readonly SigmaSource[]): RuleSet {
  if (!isBuilt || sources.length < LEAST_SOURCES) return loadRules(sources);
  const cache = new PrivateCache(cacheFolder(process.env));
  const name = `rules-${packKey(sources, {}, maker())}`;
  const kept = cache.read(name);
  const known = kept && unpackRules(kept);
  if (known) return known;
  const set = loadRules(sources);
  cache.write(name, packRules(set));
  return set;
}

/** Two builds of one version may read rules otherwise. */
function maker(): string {
  return `${version} ${statSync(fileURLToPath(import.meta.url)).mtimeMs}`;
}
