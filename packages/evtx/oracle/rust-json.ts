import type { EvtxAttribute, EvtxElement } from '../src/element.ts';
import { isElement } from '../src/element.ts';

/** A JSON value as PyPI `evtx` has it; an object is a list of members, since it may hold a name twice. */
export type RustJson = null | string | readonly RustJson[];

/**
 * The shape that PyPI `evtx` 0.14.0 (crate `evtx` 0.13.0) gives an event in `records_json`:
 *
 * | tree | JSON |
 * |---|---|
 * | element with children | object; a name that comes again gets `_1`, `_2`, … |
 * | attributes | member `#attributes`; those with empty text are left out |
 * | text beside attributes or elements | member `#text` |
 * | text alone | its text |
 * | no text, no attributes | null; a `Data` of `EventData` or `UserData`: '' |
 * | `<Data Name="X">` of `EventData` or `UserData` | member `X`, other attributes lost, no `_1`; `Data` without a name is lost beside these |
 * | `<Data>` of those, none of them named | one member `Data` with `#text`, a list if there are several |
 */
export function toRustJson(root: EvtxElement): RustJson {
  return [[root.name, elementValue(root)]];
}

function elementValue(element: EvtxElement): RustJson {
  const attributes = element.attributes.filter(([, value]) => value !== '');
  const elements = (element.children ?? []).filter(isElement);
  const text = textOf(element);
  if (elements.length === 0 && attributes.length === 0) return text === '' ? null : text;
  const isContainer = element.name === 'EventData' || element.name === 'UserData';
  return [
    ...(attributes.length > 0 ? [['#attributes', attributes.map(([name, value]) => [name, value])]] : []),
    ...(text === '' ? [] : [['#text', text]]),
    ...(isContainer ? dataMembers(elements) : members(elements)),
  ];
}

function textOf(element: EvtxElement): string {
  return (element.children ?? []).filter((child) => typeof child === 'string').join('');
}

type Member = [name: string, value: RustJson];

function members(elements: readonly EvtxElement[]): Member[] {
  const seen = new Map<string, number>();
  return elements.map((element) => {
    const count = seen.get(element.name) ?? 0;
    seen.set(element.name, count + 1);
    return [count === 0 ? element.name : `${element.name}_${count}`, elementValue(element)];
  });
}

function dataMembers(elements: readonly EvtxElement[]): Member[] {
  const others = members(elements.filter((element) => element.name !== 'Data'));
  const data = elements.filter((element) => element.name === 'Data');
  const isNamed = data.some((element) => nameOf(element.attributes) !== '');
  const positional: Member[] = data.length > 0 ? [['Data', [['#text', positionalText(data)]]]] : [];
  const result: Member[] = [];
  for (const element of elements) {
    if (element.name !== 'Data') result.push(...others.splice(0, 1));
    else if (!isNamed) result.push(...positional.splice(0, 1));
    else if (nameOf(element.attributes) !== '') result.push([nameOf(element.attributes), dataValue(element)]);
  }
  return result;
}

function positionalText(data: readonly EvtxElement[]): RustJson {
  const texts = data.map(dataValue);
  return texts.length === 1 && texts[0] !== undefined ? texts[0] : texts;
}

function nameOf(attributes: readonly EvtxAttribute[]): string {
  return attributes.find(([name]) => name === 'Name')?.[1] ?? '';
}

function dataValue(element: EvtxElement): RustJson {
  const withoutAttributes = { ...element, attributes: [] };
  return elementValue(withoutAttributes) ?? '';
}
