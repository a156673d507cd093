import { childPath, MAX_DEPTH, type Problems } from './problem.ts';
import { scalars } from './scalars.ts';
import { objects, type Attribute, type Item } from './schema.ts';

/** What a walk through an event carries along. */
export interface Checker {
  problems: Problems;
  /** What `metadata.profiles` lists. */
  profiles: ReadonlySet<unknown>;
}

type PlainObject = Readonly<Record<string, unknown>>;

/** Enumerations keep this value for what they do not list: the caption beside it is the source's own (OCSF, "Other"). */
const OTHER = 99;

/** Whether a value is what `{…}` in JSON gives: no array, no Map, no Date. */
export function isPlainObject(value: unknown): value is PlainObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** An own attribute of a value that may be no object at all; nothing is inherited. */
export function ownValue(value: unknown, name: string): unknown {
  return isPlainObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Checks a class or object with everything below it. */
export function checkItem(checker: Checker, item: Item, value: PlainObject, path: string, depth: number): void {
  const { problems } = checker;
  if (depth > MAX_DEPTH) return problems.add(path, 'depth', `at most ${MAX_DEPTH} levels of objects`, value);
  for (const name of Object.keys(value)) {
    if (problems.isFull) return;
    if (value[name] !== undefined) checkAttribute(checker, item, name, value[name], path, depth);
  }
  for (const name of item.required) {
    const attribute = item.attributes.get(name);
    if (attribute && isActive(checker, attribute) && ownValue(value, name) === undefined)
      problems.add(childPath(path, name), 'missing', `a value, ${item.caption} requires it`, undefined);
  }
  for (const [id, attribute, sibling] of item.siblings)
    checkSibling(problems, attribute, ownValue(value, id), ownValue(value, sibling), childPath(path, sibling));
  checkConstraints(problems, item, value, path);
}

function checkAttribute(
  checker: Checker,
  item: Item,
  name: string,
  value: unknown,
  parent: string,
  depth: number,
): void {
  const attribute = item.attributes.get(name);
  const { problems } = checker;
  const path = childPath(parent, name);
  if (attribute === undefined) return problems.add(path, 'unknown', `an attribute of ${item.caption}`, value);
  if (!isActive(checker, attribute)) {
    const profiles = attribute.profiles.join(' or ');
    return problems.add(path, 'profile', `${profiles} in metadata.profiles`, value);
  }
  if (!attribute.isArray) return checkValue(checker, attribute, value, path, depth);
  if (!Array.isArray(value)) return problems.add(path, 'type', 'an array', value);
  for (let index = 0; index < value.length && !problems.isFull; index++)
    checkValue(checker, attribute, value[index], `${path}[${index}]`, depth);
}

function isActive({ profiles }: Checker, attribute: Attribute): boolean {
  return attribute.profiles.length === 0 || attribute.profiles.some((name) => profiles.has(name));
}

function checkValue(checker: Checker, attribute: Attribute, value: unknown, path: string, depth: number): void {
  const { problems } = checker;
  const scalar = scalars.get(attribute.type);
  if (scalar === undefined) {
    const item = objects.get(attribute.type);
    if (!isPlainObject(value)) problems.add(path, 'type', `an object (${item?.caption ?? 'any'})`, value);
    else if (item !== undefined) checkItem(checker, item, value, path, depth + 1);
  } else if (!scalar.accepts(value)) problems.add(path, 'type', scalar.expected, value);
  else if (attribute.values?.has(value) === false) problems.add(path, 'enum', listed(attribute.values), value);
}

function listed(values: ReadonlyMap<unknown, string>): string {
  return `one of ${[...values].map(([value, caption]) => `${String(value)} (${caption})`).join(', ')}`;
}

/** Arrays of ids have an array of captions beside them, in the same order. */
function checkSibling(problems: Problems, attribute: Attribute, id: unknown, caption: unknown, path: string): void {
  if (Array.isArray(id) && Array.isArray(caption)) {
    id.forEach((each: unknown, index) => checkCaption(problems, attribute, each, caption[index], `${path}[${index}]`));
  } else checkCaption(problems, attribute, id, caption, path);
}

function checkCaption(problems: Problems, attribute: Attribute, id: unknown, caption: unknown, path: string): void {
  const expected = attribute.values?.get(id);
  if (expected === undefined || id === OTHER || typeof caption !== 'string' || caption === expected) return;
  problems.add(path, 'sibling', `${JSON.stringify(expected)}, as ${String(id)} says`, caption);
}

function checkConstraints(problems: Problems, item: Item, value: PlainObject, path: string): void {
  const present = (names: readonly string[]): string[] => names.filter((name) => ownValue(value, name) !== undefined);
  if (item.atLeastOne.length > 0 && present(item.atLeastOne).length === 0)
    problems.add(path, 'at_least_one', `at least one of ${item.atLeastOne.join(', ')}`, undefined);
  const rivals = present(item.justOne);
  if (item.justOne.length > 0 && rivals.length !== 1) {
    const found = rivals.length === 0 ? undefined : rivals.join(', ');
    problems.add(path, 'just_one', `just one of ${item.justOne.join(', ')}`, found);
  }
}
