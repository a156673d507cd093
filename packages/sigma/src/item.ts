import { makeAtom, type AtomData } from './atom.ts';
import { rejectBeyond, warn, type CompileContext } from './context.ts';
import { join, type Atom, type Expression } from './expression.ts';
import { applyModifier, isModifier, settleEncoding } from './modifiers.ts';
import { ANY, joinParts, parsePattern, type Part } from './pattern.ts';
import { expandPlaceholders } from './placeholder.ts';
import { reject, type Path } from './problem.ts';
import type { Value } from './value.ts';
import { compileValues } from './value-test.ts';
import { isList, isMap, type Yaml } from './yaml/yaml.ts';

/** Values of an item that an explanation shows, and how much of each. */
const SHOWN_VALUES = 5;
const SHOWN_LENGTH = 200;
const POSITIONS: readonly string[] = ['contains', 'startswith', 'endswith', 're', 'fieldref'];

/** A key of a selection taken apart. */
interface ItemKey {
  readonly key: string;
  /** The event field; `undefined` for keywords. */
  readonly field: string | undefined;
  readonly modifiers: readonly string[];
}

/** Compiles `field|modifier|…: value(s)` of a selection; an empty field name means a keyword search. */
export function compileItem(
  selection: string,
  key: string,
  yaml: Yaml,
  path: Path,
  context: CompileContext,
): Expression {
  const itemKey = parseKey(key, path, context);
  const plain = isList(yaml) ? yaml : [yaml];
  const values = plain.map((value, index) =>
    compileValue(itemKey, value, isList(yaml) ? [...path, index] : path, context),
  );
  checkList(itemKey, plain, path, context);
  const atomOf = (some: readonly Value[], shown: readonly Yaml[]) =>
    compileAtom(selection, itemKey, some, shown, path, context);
  // An empty list means null, as in pySigma.
  const joined =
    values.length === 0
      ? atomOf([{ kind: 'null' }], [null])
      : itemKey.modifiers.includes('all')
        ? join(
            'and',
            values.map((value, index) => atomOf([value], [plain[index] as Yaml])),
          )
        : atomOf(values, plain);
  return itemKey.modifiers.includes('neq') ? { kind: 'not', child: joined } : joined;
}

function parseKey(key: string, path: Path, context: CompileContext): ItemKey {
  const [name, ...modifiers] = key.split('|');
  for (const modifier of modifiers) {
    if (isModifier(modifier)) continue;
    const fix = 'write one of the modifiers of the specification (modifiers appendix), in lower case';
    reject('modifier.unknown', path, `the modifier "${modifier}" is not known`, `the key is "${key}"`, fix);
  }
  const field = name === '' ? undefined : (context.fieldAliases.get(name!) ?? name);
  return { key, field, modifiers };
}

function compileValue(itemKey: ItemKey, yaml: Yaml, path: Path, context: CompileContext): Value {
  const hasField = itemKey.field !== undefined;
  let value = readValue(itemKey, yaml, path, context);
  const before: string[] = [];
  for (const name of itemKey.modifiers) {
    value = applyModifier(value, { name, path, context, before: [...before], hasField });
    if (value.kind === 'anyOf') {
      rejectBeyond('limit.expansion', path, `values made by "${name}"`, value.values.length, context.limits.expansion);
    }
    before.push(name);
  }
  value = settleEncoding(value, path);
  return itemKey.field === undefined && !itemKey.modifiers.some((name) => POSITIONS.includes(name))
    ? anywhere(value)
    : value;
}

function readValue(itemKey: ItemKey, yaml: Yaml, path: Path, context: CompileContext): Value {
  if (isMap(yaml) || isList(yaml)) {
    const fix = 'give a text, a number, true, false, null, or a flat list of these';
    return reject(
      'value.type',
      path,
      `the value of "${itemKey.key}" is a ${isMap(yaml) ? 'map' : 'list of lists'}`,
      'an item compares plain values',
      fix,
    );
  }
  if (yaml === null) {
    if (itemKey.field !== undefined) return { kind: 'null' };
    return reject(
      'value.type',
      path,
      'null stands as a keyword',
      'only a field can be null',
      'bind it to a field, or remove it',
    );
  }
  if (typeof yaml === 'string') {
    // Wildcards and their escapes mean nothing in a regular expression.
    const read = itemKey.modifiers.includes('re') ? asWritten : parsePattern;
    if (itemKey.modifiers.includes('expand')) return expandPlaceholders(yaml, read, path, context);
    return { kind: 'string', parts: joinParts(read(yaml)), cased: false };
  }
  return typeof yaml === 'number' || typeof yaml === 'bigint'
    ? { kind: 'number', text: String(yaml) }
    : { kind: 'boolean', value: yaml };
}

function asWritten(text: string): readonly Part[] {
  return [text];
}

/** Keywords are looked for anywhere in the text. */
function anywhere(value: Value): Value {
  if (value.kind === 'anyOf') return { ...value, values: value.values.map(anywhere) };
  if (value.kind === 'number') return anywhere({ kind: 'string', parts: [value.text], cased: false });
  if (value.kind === 'boolean') return anywhere({ kind: 'string', parts: [String(value.value)], cased: false });
  return value.kind === 'string' ? { ...value, parts: joinParts([ANY, ...value.parts, ANY]) } : value;
}

function checkList({ key, modifiers }: ItemKey, values: readonly Yaml[], path: Path, context: CompileContext): void {
  if (values.length === 0 && key.startsWith('|'))
    reject('value.type', path, 'a keyword search has no words', 'it would match nothing', 'name words, or remove it');
  if (values.length === 0) {
    const why = 'an empty list is read as null';
    warn(context, {
      code: 'value.empty-list',
      path,
      what: `"${key}" has no values`,
      why,
      fix: 'write null, or name values',
    });
  }
  if (values.length > 1 && values.includes(null)) {
    const why = 'null is a type of its own and should stand alone (rules specification, "Special Field Values")';
    warn(context, {
      code: 'value.null-in-list',
      path,
      what: `"${key}" lists null among values`,
      why,
      fix: 'make it a selection of its own',
    });
  }
  if (modifiers.includes('all') && values.length === 1) {
    const why = '"all" joins several values (modifiers appendix)';
    warn(context, { code: 'modifier.all-single', path, what: `"${key}" has one value`, why, fix: 'leave "all" out' });
  }
  if (modifiers.includes('exists') && values.length !== 1) {
    const fix = 'write either true or false';
    reject('modifier.value', path, 'the modifier "exists" does not fit', 'it takes a single value', fix);
  }
}

function compileAtom(
  selection: string,
  { key, field }: ItemKey,
  values: readonly Value[],
  shown: readonly Yaml[],
  path: Path,
  context: CompileContext,
): Atom {
  // What may turn out wrong has to do so now.
  const early = values.some(mayFail) ? compileValues(values, path, context) : undefined;
  const expected = shown.slice(0, SHOWN_VALUES).map((value) => String(value).slice(0, SHOWN_LENGTH));
  const otherFields = values.flatMap((value) => (value.kind === 'fieldref' ? [value.field] : []));
  const data: AtomData = { kind: 'atom', selection, key, otherFields, expected, values };
  const whole = field === undefined ? data : { ...data, field };
  return makeAtom(whole, () => early ?? compileValues(values, path, context));
}

function mayFail(value: Value): boolean {
  return value.kind === 'anyOf' ? value.values.some(mayFail) : value.kind === 'regex';
}
