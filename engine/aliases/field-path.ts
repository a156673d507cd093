import type { Fields } from '../record.ts';

/** Steps of paths that rules and tables name: each is taken apart once. */
const known = new Map<string, readonly string[]>();
/** Paths that are remembered; names come from rules, of which there are many in the life of a server. */
export const MAX_KNOWN = 10_000;

/**
 * What stands at the end of a path of own attributes (`process.file.path`); `undefined` where it leads nowhere. Through an array it leads
 * into each of its elements (`resources.name`), and what stands there is one array.
 */
export function descend(fields: Fields, path: string): unknown {
  return follow(fields, stepsOf(path), 0);
}

function follow(start: unknown, steps: readonly string[], first: number): unknown {
  let value = start;
  for (let at = first; at < steps.length; at++) {
    const key = steps[at]!;
    if (Array.isArray(value)) return followEach(value, steps, at);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Fields)[key];
  }
  return value;
}

function followEach(elements: readonly unknown[], steps: readonly string[], at: number): unknown {
  const found = elements.flatMap((element) => {
    const value = follow(element, steps, at);
    return value === undefined ? [] : value;
  });
  return found.length > 0 ? found : undefined;
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
