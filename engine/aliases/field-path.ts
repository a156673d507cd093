import type { Fields } from '../record.ts';

/** Steps of paths that rules and tables name: each is taken apart once. */
const known = new Map<string, readonly string[]>();
/** Paths that are remembered; names come from rules, of which there are many in the life of a server. */
export const MAX_KNOWN = 10_000;

/** What stands at the end of a path of own attributes (`process.file.path`); `undefined` where it leads nowhere. */
export function descend(fields: Fields, path: string): unknown {
  let value: unknown = fields;
  for (const key of stepsOf(path)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Fields)[key];
  }
  return value;
}

function stepsOf(path: string): readonly string[] {
  const found = known.get(path);
  if (found) return found;
  if (known.size >= MAX_KNOWN) known.clear();
  const steps = path.split('.');
  known.set(path, steps);
  return steps;
}

/** A field by its own name, which may hold dots, else by the path that the name is. */
export function fieldAt(fields: Fields, name: string): unknown {
  const own = fields[name];
  if (own !== undefined) return own;
  return name.includes('.') ? descend(fields, name) : undefined;
}

/** A scalar as text; `undefined` for what is absent, null, or no scalar: an object may call itself anything. */
export function scalarAt(fields: Fields, name: string): string | undefined {
  const value = fieldAt(fields, name);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
