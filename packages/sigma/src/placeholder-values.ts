import { DEFAULT_LIMITS } from './limits.ts';
import { inspectYaml, isList, isMap, parseYaml, type Yaml } from './yaml/yaml.ts';

/** Values of placeholders by name, without percent signs. */
export type Placeholders = Readonly<Record<string, readonly string[]>>;

/** Why a file of values cannot be used: no YAML, no map, a name with percent signs, or values that are none. */
export type PlaceholderFault =
  | { readonly kind: 'syntax'; readonly why: string; readonly line?: number }
  | { readonly kind: 'shape' }
  | { readonly kind: 'name' | 'values'; readonly name: string };

/**
 * Reads values of placeholders (rules specification, "Placeholders") from YAML: a map of a name, without percent signs, to a text, a number, a
 * boolean, or a list of these. Never throws; the file is bounded as a rule file is.
 */
export function parsePlaceholders(text: string): Placeholders | PlaceholderFault {
  const parsed = parseYaml(text, DEFAULT_LIMITS);
  if (!Array.isArray(parsed)) return syntax(parsed as Exclude<typeof parsed, readonly Yaml[]>);
  const [document, another] = parsed as readonly Yaml[];
  if (document === undefined || !isMap(document) || another !== undefined) return { kind: 'shape' };
  const fault = inspectYaml(document, DEFAULT_LIMITS);
  if (fault) return syntax(fault);
  const read: [string, readonly string[]][] = [];
  for (const [name, yaml] of document) {
    if (name === '' || name.includes('%')) return { kind: 'name', name };
    const values = isList(yaml) ? yaml : [yaml];
    if (values.length === 0 || values.some((value) => value === null || typeof value === 'object'))
      return { kind: 'values', name };
    read.push([name, values.map(String)]);
  }
  return Object.fromEntries(read);
}

function syntax({ why, line }: { readonly why: string; readonly line?: number }): PlaceholderFault {
  return { kind: 'syntax', why, ...(line === undefined ? {} : { line }) };
}
