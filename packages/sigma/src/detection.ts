import { compileItem } from './item.ts';
import type { CompileContext } from './context.ts';
import { join, type Expression } from './expression.ts';
import { reject, type Path } from './problem.ts';
import { isList, isMap, type Yaml } from './yaml/yaml.ts';

/**
 * Compiles a search identifier (rules specification, "Detection"): a map is an AND of its items, a list of maps an OR
 * of them, a list of plain values a keyword search.
 */
export function compileSelection(name: string, yaml: Yaml, path: Path, context: CompileContext): Expression {
  if (isMap(yaml)) {
    if (yaml.size === 0) empty(name, path);
    const items = Array.from(yaml, ([key, value]) => compileItem(name, key, value, [...path, key], context));
    return join('and', items);
  }
  if (!isList(yaml)) return compileItem(name, '', yaml, path, context);
  if (yaml.length === 0) empty(name, path);
  if (!yaml.some((element) => isMap(element) || isList(element))) return compileItem(name, '', yaml, path, context);
  return join(
    'or',
    yaml.map((element, index) => compileSelection(name, element, [...path, index], context)),
  );
}

function empty(name: string, path: Path): never {
  return reject(
    'detection.empty',
    path,
    `the selection "${name}" is empty`,
    'it would match everything or nothing',
    'name what it looks for, or remove it',
  );
}
