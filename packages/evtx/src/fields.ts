import type { EvtxElement } from './element.ts';
import { isElement } from './element.ts';

/** A value as Windows renders it; null where it was never set; a list where a name occurs more than once. */
export type EventFieldValue = string | number | null | readonly (string | null)[];

/** An event as a flat table without a prototype, so that any name, `__proto__` too, is just a name. */
export type EventFields = Record<string, EventFieldValue>;

/**
 * The flat view of an event that detection rules are written against. It needs nothing but the tree, so it serves events
 * read from Windows event XML as well; namespace prefixes are ignored.
 *
 * - `System`: an element's text under its name (`Channel`), an attribute as `Element_Attribute` (`Provider_Name`,
 *   `Execution_ProcessID`, `Security_UserID`), and `TimeCreated` is its `SystemTime`. `EventID` is a number, all else text.
 * - `EventData`: `<Data Name="X">` is `X`, a `<Data>` without a name `Data`, another element (`Binary`) its name.
 * - `UserData` and the other sections: the innermost elements and all attributes under their own names.
 *   `RenderingInfo` is left out: it repeats `System` in words.
 *
 * A name that occurs more than once outside of `System` becomes a list. A name that `System` has is never taken by
 * another section: the value of the other is not in this view. (`ProcessID` is free: that of `System` is
 * `Execution_ProcessID`.)
 */
export function eventFields(root: EvtxElement): EventFields {
  const fields: EventFields = Object.create(null) as EventFields;
  const sections = childElements(root);
  for (const section of sections) if (localName(section.name) === 'System') addSystem(section, fields);
  const reserved = new Set(Object.keys(fields));
  const add = (name: string, value: string | null): void => {
    if (!reserved.has(name)) addValue(fields, name, value);
  };
  for (const section of sections) {
    const name = localName(section.name);
    if (name === 'EventData') addEventData(section, add);
    else if (name !== 'System' && name !== 'RenderingInfo')
      childElements(section).forEach((child) => addLeaves(child, add));
  }
  return fields;
}

function addSystem(system: EvtxElement, fields: EventFields): void {
  for (const child of childElements(system)) {
    const name = localName(child.name);
    const text = textOf(child);
    if (name === 'EventID') fields[name] = eventId(text);
    else if (text !== '') fields[name] = text;
    for (const [attribute, value] of plainAttributes(child)) {
      fields[attribute === 'SystemTime' ? name : `${name}_${attribute}`] = value;
    }
  }
}

/** The number of an event as a number, where it is one. */
export function eventId(text: string | null): string | number | null {
  return text !== null && /^\d{1,10}$/.test(text) ? Number(text) : text;
}

type Add = (name: string, value: string | null) => void;

function addEventData(section: EvtxElement, add: Add): void {
  for (const child of childElements(section)) {
    const name = plainAttributes(child).find(([attribute]) => attribute === 'Name')?.[1];
    add(name ? name : localName(child.name), textOf(child));
  }
}

function addLeaves(element: EvtxElement, add: Add): void {
  const attributes = plainAttributes(element);
  for (const attribute of attributes) add(attribute[0], attribute[1]);
  const children = childElements(element);
  for (const child of children) addLeaves(child, add);
  if (children.length > 0) return;
  const text = textOf(element);
  if (text !== '' || attributes.length === 0) add(localName(element.name), text);
}

function addValue(fields: EventFields, name: string, value: string | null): void {
  const known = fields[name];
  if (known === undefined) fields[name] = value;
  else if (Array.isArray(known)) (known as (string | null)[]).push(value);
  else fields[name] = [known as string | null, value];
}

function childElements(element: EvtxElement): EvtxElement[] {
  return (element.children ?? []).filter(isElement);
}

function textOf(element: EvtxElement): string | null {
  if (element.children === null) return null;
  let text = '';
  for (const child of element.children) {
    if (typeof child === 'string') text += child;
    else if (isElement(child)) text += textOf(child) ?? '';
  }
  return text;
}

/** The attributes that are data: those that declare namespaces are not. */
function plainAttributes(element: EvtxElement): [name: string, value: string][] {
  const plain: [name: string, value: string][] = [];
  for (const attribute of element.attributes) {
    const name = attribute[0];
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) plain.push([localName(name), attribute[1]]);
  }
  return plain;
}

/** A name without its namespace prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
