import { literal } from './enums.ts';
import type { Attribute, EventClass, Item, Model } from './model.ts';

/** Equal values stand once in the table and are pointed to by their index. */
class Pool {
  readonly #indexes = new Map<string, number>();

  index(text: string): number {
    const known = this.#indexes.get(text);
    if (known !== undefined) return known;
    this.#indexes.set(text, this.#indexes.size);
    return this.#indexes.size - 1;
  }

  lines(): string {
    return [...this.#indexes.keys()].map((text) => `    ${text},`).join('\n');
  }
}

/** The table that validation reads (its shape is `CompactSchema` in `src/compact.ts`), as TypeScript. */
export function renderSchema(model: Model): string {
  const enums = new Pool();
  const attributes = new Pool();
  const indexed = (item: Item): string =>
    item.attributes.map((each) => `${each.name}: ${attributes.index(renderAttribute(each, enums))}`).join(', ');
  const classes = model.classes.map((item) => `    {${renderClassHead(item)}, attributes: {${indexed(item)}}},`);
  const objects = model.objects.map(
    (item) => `    '${item.key}': {${renderItemHead(item)}, attributes: {${indexed(item)}}},`,
  );
  return [
    `import type { CompactSchema } from '../compact.ts';\n`,
    `export const compactSchema: CompactSchema = {`,
    `  version: '${model.version}',`,
    `  profiles: ${JSON.stringify(model.profiles)},`,
    `  enums: [\n${enums.lines()}\n  ],`,
    `  attributes: [\n${attributes.lines()}\n  ],`,
    `  classes: [\n${classes.join('\n')}\n  ],`,
    `  objects: {\n${objects.join('\n')}\n  },`,
    `};`,
  ].join('\n');
}

function renderAttribute(attribute: Attribute, enums: Pool): string {
  const parts = [`type: '${attribute.type}'`];
  if (attribute.isArray) parts.push('array: true');
  if (attribute.required) parts.push('required: true');
  if (attribute.profiles.length > 0) parts.push(`profiles: ${JSON.stringify(attribute.profiles)}`);
  // The types of a class follow from its activities: reading the table makes them.
  if (attribute.values && attribute.name !== 'type_uid')
    parts.push(`enum: ${enums.index(renderValues(attribute.values))}`);
  if (attribute.sibling !== undefined) parts.push(`sibling: '${attribute.sibling}'`);
  return `{${parts.join(', ')}}`;
}

function renderValues(values: NonNullable<Attribute['values']>): string {
  return `[${values.map(([value, caption]) => `[${literal(value)}, ${JSON.stringify(caption)}]`).join(', ')}]`;
}

function renderClassHead(item: EventClass): string {
  const category = `category: {uid: ${item.category.uid}, caption: '${item.category.caption}'}`;
  return `uid: ${item.uid}, name: '${item.key}', ${category}, ${renderItemHead(item)}`;
}

function renderItemHead(item: Item): string {
  const parts = [`caption: ${JSON.stringify(item.caption)}`];
  if (item.atLeastOne.length > 0) parts.push(`atLeastOne: ${JSON.stringify(item.atLeastOne)}`);
  if (item.justOne.length > 0) parts.push(`justOne: ${JSON.stringify(item.justOne)}`);
  return parts.join(', ');
}
