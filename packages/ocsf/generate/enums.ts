import { memberNames, pascalCase } from './names.ts';
import type { Attribute, Item, Model } from './model.ts';

/** Attributes whose one value follows from the class: the interfaces say it, a constant would not help. */
const DERIVED = new Set(['class_uid', 'category_uid', 'type_uid']);

type Values = NonNullable<Attribute['values']>;

/** An enumerated attribute and the class or object it stands in. */
interface Use {
  item: Item;
  attribute: Attribute;
}

/** The enumerations of a model, each under one TypeScript name. */
export class Enums {
  readonly #names = new Map<string, string>();
  readonly #values = new Map<string, Values>();

  constructor(model: Model) {
    for (const uses of groupBy(enumUses(model), ({ attribute }) => attribute.name)) {
      for (const variant of groupBy(uses, ({ attribute }) => JSON.stringify(attribute.values))) {
        // What most classes share gets the plain name (StatusId), the others carry their class (IncidentFindingStatusId).
        const isCommon = variant.length * 2 > uses.length;
        for (const use of variant) this.#add(use, isCommon ? pascalCase(use.attribute.name) : qualifiedName(use));
      }
    }
  }

  /** Name of the constant for an attribute; undefined when it is no enumeration or follows from the class. */
  nameOf(item: Item, attribute: Attribute): string | undefined {
    return this.#names.get(`${item.key}.${attribute.name}`);
  }

  /** The names given, in order. */
  names(): string[] {
    return [...this.#values.keys()].sort();
  }

  /** The constants with their types, as TypeScript. */
  render(): string {
    return this.names()
      .map((name) => renderEnum(name, this.#values.get(name) ?? []))
      .join('\n');
  }

  #add({ item, attribute }: Use, name: string): void {
    this.#names.set(`${item.key}.${attribute.name}`, name);
    this.#values.set(name, attribute.values ?? []);
  }
}

function enumUses(model: Model): Use[] {
  const items: readonly Item[] = [...model.classes, ...model.objects];
  return items.flatMap((item) =>
    item.attributes
      .filter(({ name, values }) => values !== undefined && !DERIVED.has(name))
      .map((attribute) => ({ item, attribute })),
  );
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return [...groups.values()];
}

/** `ProcessActivity` and `activity_id` give `ProcessActivityId`, `File` and `type_id` give `FileTypeId`. */
function qualifiedName({ item, attribute }: Use): string {
  const owner = attribute.name === 'activity_id' ? item.name.replace(/Activity$/, '') : item.name;
  return owner + pascalCase(attribute.name);
}

function renderEnum(name: string, values: Values): string {
  const members = memberNames(values);
  const lines = values.map(([value], index) => `  ${members[index]}: ${literal(value)},`);
  const type = `export type ${name} = (typeof ${name})[keyof typeof ${name}];`;
  return `export const ${name} = {\n${lines.join('\n')}\n} as const;\n${type}\n`;
}

/** Enumeration values are integers, save a few strings (`http_method`). */
export function literal(value: string): string {
  return /^-?\d+$/.test(value) ? value : `'${value}'`;
}
