import { localName } from './fields.ts';
import { jsonPlan } from './json-steps.ts';
import { NESTED_SLOTS, SlotRule, type JsonPlan, type Part, type Shape, type ShapeField, type Supply } from './shape.ts';
import type { AttributeNode, ElementNode, Template, TemplateNode } from './template.ts';

/** A template that is placed inside another: in which slot of it. */
export interface Nested {
  readonly slot: number;
  readonly template: Template;
}

/** Elements inside each other that a shape is made of, at most; an event with more is read by its tree. */
export const MAX_SHAPE_DEPTH = 24;

/** Thrown where a template's events need their tree. */
class NeedsTree extends Error {}

/** The shape of the events of a template, or undefined where their tables cannot be had without their trees. */
export function compileShape(template: Template, nested: Nested | undefined): Shape | undefined {
  try {
    return new ShapeCompiler(nested).compile(template);
  } catch (error) {
    if (error instanceof NeedsTree) return undefined;
    throw error;
  }
}

/** Where nested BinXML stands in an event, which decides how its elements are read. */
type Role = 'section' | 'data' | 'leaf';

class ShapeCompiler {
  readonly #nested: Nested | undefined;
  readonly #system = new Map<string, Supply>();
  readonly #supplies = new Map<string, Supply[]>();
  readonly #rules = new Map<number, number>();
  readonly #placements = new Map<number, number>();
  readonly #openings: number[] = [];
  #slotBase = 0;
  #nodes = 0;
  #characters = 0;
  #depth = 0;

  constructor(nested: Nested | undefined) {
    this.#nested = nested;
  }

  compile(template: Template): Shape {
    const [event, ...others] = template.filter((node) => typeof node === 'object');
    if (event?.kind !== 'element' || others.length > 0) throw new NeedsTree();
    if (elementsOf(event.content).length === 0) throw new NeedsTree();
    this.#container(event);
    this.#each(event.content, 'section');
    const rules = [...this.#rules];
    const fields = this.#fields();
    let json: JsonPlan | undefined;
    return {
      fields,
      get json() {
        return (json ??= jsonPlan(fields));
      },
      slots: Int32Array.from(rules, ([slot]) => slot),
      rules: Uint8Array.from(rules, ([, rule]) => rule),
      placements: Uint16Array.from(rules, ([slot]) => this.#placements.get(slot) ?? 0),
      openings: this.#openings,
      nestedSlot: this.#nested?.slot ?? -1,
      nodes: this.#nodes,
      characters: this.#characters,
    };
  }

  #fields(): ShapeField[] {
    const system = [...this.#system].map(([name, supply]) => [name, [supply], undefined] as const);
    const others = [...this.#supplies].map(([name, supplies]) => [name, supplies, this.#system.get(name)] as const);
    return [...system, ...others].map(([name, supplies, hiddenBy]) => ({
      name,
      supplies,
      hiddenBy,
      isEventId: name === 'EventID' && this.#system.get(name) === supplies[0],
    }));
  }

  /** What stands in an element that holds elements; text between them is in no table. */
  #each(content: readonly TemplateNode[], role: Role): void {
    this.#inside(content, (node) => {
      if (node.kind === 'element') this.#element(node, role);
      else if (node.kind === 'substitution') this.#opening(node.index, role);
      else throw new NeedsTree();
    });
  }

  #inside(content: readonly TemplateNode[], take: (node: Exclude<TemplateNode, string>) => void): void {
    if (++this.#depth > MAX_SHAPE_DEPTH) throw new NeedsTree();
    for (const node of content) {
      this.#nodes++;
      if (typeof node === 'string') this.#characters += node.length;
      else take(node);
    }
    this.#depth--;
  }

  #element(element: ElementNode, role: Role): void {
    if (role === 'section') this.#section(element);
    else if (role === 'data') this.#data(element);
    else this.#leaf(element);
  }

  #opening(index: number, role: Role): void {
    const slot = this.#slot(index);
    this.#openings.push(slot);
    if (this.#nested?.slot !== slot) return this.#rule(slot, 0);
    this.#rule(slot, SlotRule.nested);
    this.#slotBase = NESTED_SLOTS;
    this.#each(this.#nested.template, role);
    this.#slotBase = 0;
  }

  #section(section: ElementNode): void {
    this.#container(section);
    const name = localName(section.name);
    if (name === 'RenderingInfo') return this.#unread(section.content);
    if (name === 'EventData') return this.#each(section.content, 'data');
    if (name !== 'System') return this.#each(section.content, 'leaf');
    this.#inside(section.content, (node) => {
      if (node.kind !== 'element') throw new NeedsTree();
      this.#systemElement(node);
    });
  }

  #systemElement(element: ElementNode): void {
    const name = localName(element.name);
    const text = this.#text(element, name !== 'EventID', 0);
    if (name === 'EventID' && element.content.length === 0) throw new NeedsTree();
    if (element.content.length > 0) this.#addSystem(name, text);
    for (const attribute of element.attributes) {
      const supply = this.#attribute(attribute);
      const local = localName(attribute.name);
      if (supply) this.#addSystem(local === 'SystemTime' ? name : `${name}_${local}`, supply);
    }
  }

  #addSystem(name: string, supply: Supply): void {
    if (this.#system.has(name)) throw new NeedsTree();
    this.#system.set(name, supply);
  }

  #data(element: ElementNode): void {
    for (const attribute of element.attributes) this.#attribute(attribute);
    const data = element.attributes.filter((attribute) => !isDeclaration(attribute));
    const [named, ...others] = data.filter((attribute) => localName(attribute.name) === 'Name');
    const title = named === undefined ? '' : literal(named.value);
    if (title === undefined || others.length > 0) throw new NeedsTree();
    this.#add(title === '' ? localName(element.name) : title, this.#text(element, false, SlotRule.arrayAllowed));
  }

  #leaf(element: ElementNode): void {
    const supplies = element.attributes.map((attribute) => [attribute, this.#attribute(attribute)] as const);
    for (const [attribute, supply] of supplies) if (supply) this.#add(localName(attribute.name), supply);
    if (elementsOf(element.content).length > 0) {
      this.#container({ ...element, attributes: [] });
      return this.#each(element.content, 'leaf');
    }
    const given = supplies.flatMap(([, supply]) => supply ?? []);
    if (given.length > 0 && !given.some((supply) => supply.constant)) throw new NeedsTree();
    const text = this.#text(element, given.length > 0, given.length > 0 ? 0 : SlotRule.arrayAllowed);
    this.#add(localName(element.name), text);
  }

  #add(name: string, supply: Supply): void {
    const known = this.#supplies.get(name);
    if (known) known.push(supply);
    else this.#supplies.set(name, [supply]);
  }

  /** An element that holds others. Where Windows would leave it out, the event needs its tree. */
  #container(element: ElementNode): void {
    this.#begin(element);
    for (const attribute of element.attributes) this.#attribute(attribute);
    if (element.dependency >= 0) this.#rule(this.#slot(element.dependency), SlotRule.mustBeSet);
  }

  /** A section that is in no table; all the same, what it places must be sound. */
  #unread(content: readonly TemplateNode[]): void {
    this.#inside(content, (node) => {
      if (node.kind === 'substitution') return void this.#place(node.index, 0);
      if (node.kind !== 'element') throw new NeedsTree();
      this.#container(node);
      this.#unread(node.content);
    });
  }

  #attribute(attribute: AttributeNode): Supply | undefined {
    this.#nodes++;
    this.#characters += attribute.name.length;
    const supply = this.#supply(attribute.value, true, 0);
    return isDeclaration(attribute) || literal(attribute.value) === '' ? undefined : supply;
  }

  #text(element: ElementNode, skipEmpty: boolean, rule: number): Supply {
    this.#begin(element);
    const { dependency, content, attributes } = element;
    const isPlain = content.length === 1 && attributes.every(({ value }) => literal(value) !== undefined);
    const supply = this.#supply(content, skipEmpty, isPlain ? rule : 0);
    const [only] = content;
    const isOptional = supply.slot >= 0 && typeof only === 'object' && only.kind === 'substitution' && only.optional;
    if (dependency < 0) return { ...supply, isOptional };
    const slot = this.#slot(dependency);
    if (!this.#rules.has(slot)) this.#rule(slot, SlotRule.arrayAllowed);
    return { ...supply, isOptional, dependency: slot, constant: undefined };
  }

  #begin(element: ElementNode): void {
    this.#nodes++;
    this.#characters += element.name.length;
  }

  #supply(content: readonly TemplateNode[], skipEmpty: boolean, rule: number): Supply {
    const parts = content.map((node): Part => {
      this.#nodes++;
      if (typeof node === 'string') this.#characters += node.length;
      else if (node.kind === 'substitution') return this.#place(node.index, rule);
      else throw new NeedsTree();
      return node;
    });
    const [only, more] = parts;
    const slot = typeof only === 'number' && more === undefined ? only : -1;
    const text = literal(content);
    const constant = text === undefined || (text === '' && skipEmpty) ? undefined : text;
    return { parts, slot, constant, dependency: -1, isOptional: false, skipEmpty };
  }

  #place(index: number, rule: number): number {
    const slot = this.#slot(index);
    if (slot === this.#nested?.slot) throw new NeedsTree();
    this.#placements.set(slot, (this.#placements.get(slot) ?? 0) + 1);
    this.#rule(slot, rule);
    return slot;
  }

  /** The slot of a value of the template at hand. */
  #slot(index: number): number {
    if (index >= NESTED_SLOTS) throw new NeedsTree();
    return this.#slotBase + index;
  }

  /** Notes what a slot must hold: an array only where every place of it takes one. */
  #rule(slot: number, rule: number): void {
    const known = this.#rules.get(slot);
    const both =
      known === undefined ? rule : (known & rule & SlotRule.arrayAllowed) | ((known | rule) & ~SlotRule.arrayAllowed);
    this.#rules.set(slot, both);
  }
}

function elementsOf(nodes: readonly TemplateNode[]): ElementNode[] {
  return nodes.filter((node): node is ElementNode => typeof node === 'object' && node.kind === 'element');
}

/** Whether an attribute declares a namespace: it is no data. */
function isDeclaration({ name }: AttributeNode): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:');
}

/** The text of nodes that place no value. */
function literal(nodes: readonly TemplateNode[]): string | undefined {
  let text = '';
  for (const node of nodes) {
    if (typeof node !== 'string') return undefined;
    text += node;
  }
  return text;
}
