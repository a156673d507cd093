import type { Category, CompactClass, CompactItem } from './compact.ts';
import { compactSchema } from './generated/schema.ts';

/** An attribute of a class or object as validation needs it. */
export interface Attribute {
  /** Scalar type such as `ip_t`, or the key of an object in {@link objects}. */
  type: string;
  isArray: boolean;
  isRequired: boolean;
  /** Profiles of which one must be listed in `metadata.profiles`; empty for native attributes. */
  profiles: readonly string[];
  /** Allowed values with their captions; undefined when any value of the type may stand. */
  values: ReadonlyMap<unknown, string> | undefined;
  /** The string attribute that carries the caption of the value. */
  sibling: string | undefined;
}

/** A class or object: its attributes by name and the rules over several of them. */
export interface Item {
  caption: string;
  attributes: ReadonlyMap<string, Attribute>;
  required: readonly string[];
  siblings: readonly (readonly [id: string, attribute: Attribute, sibling: string])[];
  atLeastOne: readonly string[];
  justOne: readonly string[];
}

/** An event class of the schema. */
export interface EventClass extends Item {
  /** `class_uid`. */
  uid: number;
  /** Upstream's name, e.g. `process_activity`, `win/registry_key_activity`. */
  name: string;
  category: Category;
  /** Captions by `activity_id`. */
  activities: ReadonlyMap<unknown, string>;
}

/** How many `type_uid`s a class has: `type_uid = class_uid * 100 + activity_id` (OCSF 1.8.0, base event). */
export const TYPES_PER_CLASS = 100;

/** Version of the OCSF schema the types and the validation are made from. */
export const SCHEMA_VERSION = compactSchema.version;

/** Names that may stand in `metadata.profiles`. */
export const profileNames: ReadonlySet<string> = new Set(compactSchema.profiles);

const attributePool = compactSchema.attributes.map(
  ({ type, array, required, profiles, enum: values, sibling }): Attribute => ({
    type,
    isArray: array === true,
    isRequired: required === true,
    profiles: profiles ?? [],
    values: values === undefined ? undefined : new Map<unknown, string>(compactSchema.enums[values]),
    sibling,
  }),
);

/** Items by key. Each is read from the compact schema when it is first asked for: a program asks for few of the hundreds. */
class Lookup<Compact, Read> {
  readonly #compact: ReadonlyMap<unknown, Compact>;
  readonly #read: (compact: Compact) => Read;
  readonly #known = new Map<unknown, Read>();

  constructor(compact: Iterable<readonly [unknown, Compact]>, read: (compact: Compact) => Read) {
    this.#compact = new Map(compact);
    this.#read = read;
  }

  get(key: unknown): Read | undefined {
    let known = this.#known.get(key);
    if (known) return known;
    const compact = this.#compact.get(key);
    if (compact) this.#known.set(key, (known = this.#read(compact)));
    return known;
  }

  keys(): unknown[] {
    return [...this.#compact.keys()];
  }

  values(): Read[] {
    return this.keys().map((key) => this.get(key)!);
  }
}

/** Objects by their key, e.g. `process`, `win/reg_key`. The generic `object` is not among them: it may hold anything. */
export const objects = new Lookup<CompactItem, Item>(Object.entries(compactSchema.objects), readItem);

/** Event classes by `class_uid`. */
export const classes = new Lookup<CompactClass, EventClass>(
  compactSchema.classes.map((compact) => [compact.uid, compact] as const),
  readClass,
);

function readItem(compact: CompactItem): Item {
  const entries = Object.entries(compact.attributes).flatMap(([name, index]): [string, Attribute][] => {
    const attribute = attributePool[index];
    return attribute ? [[name, attribute]] : [];
  });
  return finishItem(compact, new Map(entries));
}

function readClass(compact: CompactClass): EventClass {
  const { attributes } = readItem(compact);
  const activities = attributes.get('activity_id')?.values ?? new Map<unknown, string>();
  const withTypes = new Map(attributes);
  const typeUid = attributes.get('type_uid');
  if (typeUid) withTypes.set('type_uid', { ...typeUid, values: typesOf(compact, activities) });
  const { uid, name, category } = compact;
  return { ...finishItem(compact, withTypes), uid, name, category, activities };
}

function typesOf({ uid, caption }: CompactClass, activities: ReadonlyMap<unknown, string>): Map<unknown, string> {
  return new Map(
    [...activities].map(([id, activity]) => [uid * TYPES_PER_CLASS + Number(id), `${caption}: ${activity}`]),
  );
}

function finishItem(compact: CompactItem, attributes: ReadonlyMap<string, Attribute>): Item {
  const entries = [...attributes];
  return {
    caption: compact.caption,
    attributes,
    required: entries.filter(([, { isRequired }]) => isRequired).map(([name]) => name),
    siblings: entries.flatMap(([name, attribute]) =>
      attribute.values && attribute.sibling !== undefined ? [[name, attribute, attribute.sibling] as const] : [],
    ),
    atLeastOne: compact.atLeastOne ?? [],
    justOne: compact.justOne ?? [],
  };
}
