import { reject } from './problem.ts';
import { isMap, type Yaml, type YamlMap } from './yaml/yaml.ts';

/**
 * Resolves rule collections within one file: `action: global` gives values to all later rules, `reset` ends that,
 * `repeat` makes another rule of the one before. Correlations and filters stand outside.
 */
export class RuleCollection {
  #global: YamlMap = new Map();
  #previous: YamlMap = new Map();

  /** The document that is meant, or `undefined` when it only prepares others. */
  resolve(document: YamlMap): YamlMap | undefined {
    const action = document.get('action');
    const content = without(document, 'action');
    switch (action) {
      case undefined:
      case null:
        if (document.has('correlation') || document.has('filter')) return document;
        return (this.#previous = merge(content, this.#global));
      case 'global':
        this.#global = this.#previous = content;
        return undefined;
      case 'reset':
        this.#global = new Map();
        return undefined;
      case 'repeat':
        return (this.#previous = merge(this.#previous, content));
      default:
        return reject(
          'collection.action',
          ['action'],
          `the action ${String(action)} is not known`,
          'collections know global, repeat and reset',
          'write one of these, or remove it',
        );
    }
  }
}

function without(map: YamlMap, key: string): YamlMap {
  return new Map([...map].filter(([name]) => name !== key));
}

/** Lays one map over another; maps in both are merged, anything else in `over` replaces. */
function merge(base: YamlMap, over: YamlMap): YamlMap {
  const merged = new Map<string, Yaml>(base);
  for (const [key, value] of over) {
    const below = merged.get(key);
    merged.set(key, isMap(value) && isMap(below) ? merge(below, value) : value);
  }
  return merged;
}
