import type { UpstreamConstraints, UpstreamSource } from './upstream.ts';

/** The two folders of the schema that hold what can be a class or an object. */
export type SourceKind = 'events' | 'objects';

/** Attribute name -> the profiles that bring it; an empty list means the attribute is native to the class or object. */
export type Origins = Map<string, string[]>;

/**
 * The schema as its authors wrote it, asked where the compiled one is wrong:
 *
 * - It marks `device` of a Process Activity as `profile: host`, although the class requires it with or without that profile:
 *   the compiler loses the explicit `"profile": null` of the sources.
 * - It gives a class or object the constraints of its ancestor where it has its own: an endpoint that is known by its `ip`
 *   alone would need a `name` or `uid`.
 */
export class SchemaSources {
  readonly #sources: ReadonlyMap<string, UpstreamSource>;
  readonly #byName = new Map<string, UpstreamSource>();
  /** Extension files without a name of their own extend the object they name (`linux/objects/process.json`). */
  readonly #patches = new Map<string, UpstreamSource[]>();

  constructor(sources: ReadonlyMap<string, UpstreamSource>) {
    this.#sources = sources;
    for (const [path, source] of sources) {
      const kind = path.includes('events/') ? 'events' : path.includes('objects/') ? 'objects' : 'profiles';
      const isPatch = source.name === undefined || source.name === source.extends;
      const id = `${kind}/${isPatch ? source.extends : source.name}`;
      if (isPatch) this.#patches.set(id, [...(this.#patches.get(id) ?? []), source]);
      else this.#byName.set(id, source);
    }
  }

  /**
   * Which attributes come with a profile and which are the item's own.
   *
   * @param key name in the compiled schema, e.g. `process` or `win/reg_key`.
   */
  origins(kind: SourceKind, key: string): Origins {
    const origins: Origins = new Map();
    for (const source of this.#lineage(sourceId(kind, key))) this.#apply(source, origins);
    return origins;
  }

  /** The nearest constraints: an item's own, or what an extension puts in their place, replace its ancestor's. */
  constraints(kind: SourceKind, key: string): UpstreamConstraints {
    const lineage = this.#lineage(sourceId(kind, key));
    return lineage.findLast(({ constraints }) => constraints !== undefined)?.constraints ?? {};
  }

  /** The item's own caption; in the compiled schema an extension's ("macOS Process") has replaced it. */
  caption(kind: SourceKind, key: string): string | undefined {
    return this.#byName.get(sourceId(kind, key))?.caption;
  }

  /** The files that make up an item, the farthest ancestor first. */
  #lineage(id: string): UpstreamSource[] {
    const source = this.#byName.get(id);
    if (source === undefined) throw new Error(`The schema sources have no ${id}; is the schema folder complete?`);
    const kind = id.slice(0, id.indexOf('/'));
    const ancestors = source.extends === undefined ? [] : this.#lineage(`${kind}/${source.extends}`);
    return [...ancestors, source, ...(this.#patches.get(id) ?? [])];
  }

  #apply(source: UpstreamSource, origins: Origins): void {
    const includes = source.attributes?.['$include'];
    if (Array.isArray(includes)) for (const path of includes) this.#include(path, origins);
    for (const [name, attribute] of Object.entries(source.attributes ?? {})) {
      if (Array.isArray(attribute)) continue;
      if (attribute.profile !== undefined) origins.set(name, attribute.profile === null ? [] : [attribute.profile]);
      else if (!origins.has(name)) origins.set(name, []);
    }
  }

  #include(path: string, origins: Origins): void {
    const found = [...this.#sources].find(([candidate]) => candidate.endsWith(path));
    if (found === undefined) throw new Error(`The schema sources include ${path}, which is not there.`);
    const profile = profileKey(found[0]);
    for (const name of Object.keys(found[1].attributes ?? {})) {
      const known = origins.get(name);
      if (known === undefined) origins.set(name, [profile]);
      else if (known.length > 0 && !known.includes(profile)) origins.set(name, [...known, profile]);
    }
  }
}

/** `win/reg_key` of the objects -> `objects/reg_key`. */
function sourceId(kind: SourceKind, key: string): string {
  return `${kind}/${key.slice(key.indexOf('/') + 1)}`;
}

/** `profiles/host.json` -> `host`; `extensions/linux/profiles/linux_users.json` -> `linux/linux_users`. */
function profileKey(path: string): string {
  return path
    .replace(/^extensions\//, '')
    .replace('profiles/', '')
    .replace('.json', '');
}
