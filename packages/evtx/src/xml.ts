import type { EvtxElement, EvtxNode } from './element.ts';
import { isElement } from './element.ts';

/** What XML 1.0 cannot carry, even escaped; Windows writes `_` for it. */
const UNCARRIABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
const NEEDS_ESCAPE = /[&<>\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const NEEDS_ATTRIBUTE_ESCAPE = /[&<>'"\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/**
 * The XML of an element on one line, as Windows renders it: attributes in single quotes, `<X/>` for an element without
 * content, `<X></X>` for an empty string, nothing for an element whose value was never set. Control characters that
 * XML cannot carry become `_`. The same tree always gives the same text.
 */
export function toXml(element: EvtxElement): string {
  const { name, attributes, children } = element;
  if (children === null) return '';
  let start = `<${name}`;
  for (const [key, value] of attributes) start += ` ${key}='${escapeAttribute(value)}'`;
  if (children.length === 0) return `${start}/>`;
  let content = '';
  for (const child of children) content += nodeXml(child);
  return `${start}>${content}</${name}>`;
}

function nodeXml(node: EvtxNode): string {
  if (typeof node === 'string') return escapeText(node);
  return isElement(node) ? toXml(node) : `<?${node.target} ${node.data.replaceAll('?>', '? >')}?>`;
}

function escapeText(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replace(UNCARRIABLE, '_');
}

function escapeAttribute(text: string): string {
  if (!NEEDS_ATTRIBUTE_ESCAPE.test(text)) return text;
  return escapeText(text).replaceAll("'", '&apos;').replaceAll('"', '&quot;');
}
