import { isObject, newFields, type Fields } from '@yuheng/engine';

/** Deeper objects stay objects: no field that rules read lies below. */
const MAX_LEVELS = 4;

/** Objects inside objects as fields with dots between (`alert.signature`); lists stay lists, null is absent. */
export function flatten(value: { readonly [key: string]: unknown }): Fields {
  const fields = newFields();
  add(fields, '', value, 1);
  return fields;
}

function add(fields: Fields, prefix: string, object: { readonly [key: string]: unknown }, level: number): void {
  for (const [name, value] of Object.entries(object)) {
    if (value === null) continue;
    if (isObject(value) && level < MAX_LEVELS) add(fields, `${prefix}${name}.`, value, level + 1);
    else fields[prefix + name] = value;
  }
}
