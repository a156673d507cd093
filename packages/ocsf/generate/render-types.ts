import { type Enums, literal } from './enums.ts';
import { ANY_OBJECT, type Attribute, type EventClass, type Item, type Model } from './model.ts';
import { firstSentence } from './names.ts';

const SCALARS: ReadonlyMap<string, string> = new Map([
  ['boolean_t', 'boolean'],
  ['integer_t', 'number'],
  ['long_t', 'number'],
  ['float_t', 'number'],
  ['port_t', 'number'],
  ['timestamp_t', 'number'],
  ['json_t', 'unknown'],
  [ANY_OBJECT, 'Record<string, unknown>'],
]);

/** Types that the TypeScript type tells as well; the others are named in the doc comment (`ip_t`). */
const PLAIN = new Set(['boolean_t', 'integer_t', 'string_t', 'float_t', 'json_t']);

/** A line of an interface. */
interface Property {
  name: string;
  type: string;
  isOptional: boolean;
  /** Profiles that bring it, in words; empty for what is native. */
  origin: string;
  doc: string;
}

/** The interfaces of all classes and objects, as TypeScript. */
export class TypeRenderer {
  readonly #model: Model;
  readonly #enums: Enums;
  readonly #objectNames: ReadonlyMap<string, string>;
  readonly #common: ReadonlyMap<string, Property>;

  constructor(model: Model, enums: Enums) {
    this.#model = model;
    this.#enums = enums;
    this.#objectNames = new Map(model.objects.map(({ key, name }) => [key, name]));
    this.#common = this.#commonProperties();
    rejectDoubles([...model.classes, ...model.objects].map(({ name }) => name).concat(enums.names()));
  }

  render(): string {
    const { classes, objects } = this.#model;
    const names = this.#enums.names();
    return [
      `import type {\n${names.map((name) => `  ${name},`).join('\n')}\n} from './enums.ts';`,
      this.#renderCommon(),
      ...classes.map((item) => this.#renderClass(item)),
      ...objects.map((item) => this.#renderObject(item)),
      renderClassByUid(classes),
    ].join('\n\n');
  }

  #renderCommon(): string {
    const lines = [...this.#common.values()].map(renderProperty);
    return `/** What every class has alike. */\nexport interface CommonAttributes {\n${lines.join('\n')}\n}`;
  }

  #renderClass(item: EventClass): string {
    const own = this.#properties(item).filter((property) => {
      const common = this.#common.get(property.name);
      return common?.isOptional !== property.isOptional || common.origin !== property.origin;
    });
    const doc = `/** ${item.caption} (${item.uid}), ${item.category.caption}: ${firstSentence(item.description)} */`;
    return `${doc}\nexport interface ${item.name} extends CommonAttributes {\n${own.map(renderProperty).join('\n')}\n}`;
  }

  #renderObject(item: Item): string {
    const lines = this.#properties(item).map(renderProperty);
    return `/** ${item.caption}: ${firstSentence(item.description)} */\nexport interface ${item.name} {\n${lines.join('\n')}\n}`;
  }

  /** A class may demand what the others only allow, as an interface may when it extends another. */
  #commonProperties(): Map<string, Property> {
    const [first = [], ...others] = this.#model.classes.map((item) => this.#properties(item));
    const common = new Map<string, Property>();
    for (const property of first) {
      const same = others.map((each) =>
        each.find(({ name, type }) => name === property.name && type === property.type),
      );
      if (same.includes(undefined)) continue;
      common.set(property.name, { ...property, isOptional: [property, ...same].some((each) => each?.isOptional) });
    }
    return common;
  }

  #properties(item: Item): Property[] {
    return item.attributes.map((attribute) => ({
      name: attribute.name,
      type: this.#type(item, attribute) + (attribute.isArray ? '[]' : ''),
      isOptional: !attribute.required || attribute.profiles.length > 0,
      origin: attribute.profiles.length > 0 ? ` Profile ${attribute.profiles.join(' or ')}.` : '',
      doc: describe(attribute),
    }));
  }

  #type(item: Item, attribute: Attribute): string {
    if (attribute.values?.length === 1 && attribute.values[0]) return literal(attribute.values[0][0]);
    const named = this.#enums.nameOf(item, attribute) ?? this.#objectNames.get(attribute.type);
    return named ?? SCALARS.get(attribute.type) ?? 'string';
  }
}

function renderProperty({ name, type, isOptional, origin, doc }: Property): string {
  const absent = isOptional && type !== 'unknown' ? ' | undefined' : '';
  return `  /** ${doc}${origin} */\n  ${name}${isOptional ? '?' : ''}: ${type}${absent};`;
}

function describe({ caption, description, type }: Attribute): string {
  const scalar = type.endsWith('_t') && !PLAIN.has(type) ? ` (${type})` : '';
  return `${caption}${scalar}: ${firstSentence(description)}`;
}

function renderClassByUid(classes: readonly EventClass[]): string {
  const lines = classes.map(({ uid, name }) => `  ${uid}: ${name};`);
  return `/** The interface of each class, by its \`class_uid\`. */\nexport interface ClassByUid {\n${lines.join('\n')}\n}\n\n/** An event of any class; \`class_uid\` tells which. */\nexport type OcsfEvent = ClassByUid[keyof ClassByUid];`;
}

function rejectDoubles(names: readonly string[]): void {
  const doubles = names.filter((name, index) => names.indexOf(name) !== index);
  if (doubles.length > 0) throw new Error(`Names given twice: ${doubles.join(', ')}; rename one in names.ts.`);
}
