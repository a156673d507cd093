/** The ways in which an event can break the schema. */
export type ProblemKind =
  /** The class is not one of those this package knows. */
  | 'class'
  /** A required attribute is absent. */
  | 'missing'
  /** The class or object has no attribute of that name. */
  | 'unknown'
  /** The attribute belongs to a profile that `metadata.profiles` does not list. */
  | 'profile'
  /** The value has another type, or is no array where one is due. */
  | 'type'
  /** The value is not among those listed. */
  | 'enum'
  /** A caption (`activity_name`) does not say what its id (`activity_id`) says. */
  | 'sibling'
  /** `type_uid` does not follow from `class_uid` and `activity_id`. */
  | 'type_uid'
  /** The event names another version of the schema. */
  | 'version'
  /** Of a group of attributes none is present. */
  | 'at_least_one'
  /** Of a group of attributes none, or more than one, is present. */
  | 'just_one'
  /** Objects are nested deeper than {@link MAX_DEPTH}; what is below was not looked at. */
  | 'depth'
  /** There are more problems than {@link MAX_PROBLEMS}; the rest was not looked at. */
  | 'limit';

/** One way in which an event breaks the schema. */
export interface Problem {
  /** Where, e.g. `actor.process.file.hashes[0].algorithm_id`; empty for the event itself. */
  path: string;
  what: ProblemKind;
  /** What the schema wants there, in words. */
  expected: string;
  /** What stands there, shortened to {@link MAX_FOUND} characters. */
  found: string;
}

/** Objects may be nested this deep (a chain of parent processes is the deepest that occurs). */
export const MAX_DEPTH = 64;

/** An event with more problems than this is not worth naming them all. */
export const MAX_PROBLEMS = 100;

/** Characters of a value or attribute name that a problem repeats. */
export const MAX_FOUND = 80;

/** Collects problems up to {@link MAX_PROBLEMS}, then one of kind `limit`. */
export class Problems {
  readonly list: Problem[] = [];

  get isFull(): boolean {
    return this.list.length > MAX_PROBLEMS;
  }

  add(path: string, what: ProblemKind, expected: string, value: unknown): void {
    if (this.isFull) return;
    if (this.list.length < MAX_PROBLEMS) this.list.push({ path, what, expected, found: describe(value) });
    else this.list.push({ path: '', what: 'limit', expected: `at most ${MAX_PROBLEMS} problems`, found: 'more' });
  }
}

/** Path of an attribute below another; names that are no plain words stand in brackets. */
export function childPath(path: string, name: string): string {
  if (!/^\w{1,80}$/.test(name)) return `${path}[${JSON.stringify(shorten(name))}]`;
  return path === '' ? name : `${path}.${name}`;
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(shorten(value));
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}

function shorten(text: string): string {
  return text.length > MAX_FOUND ? `${text.slice(0, MAX_FOUND)}…` : text;
}
