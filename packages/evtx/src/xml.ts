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
  // Joined at the end: a text made of so many by `+` would stay as many pieces for as long as it is kept.
  const pieces: string[] = [];
  writeElement(element, pieces);
  return pieces.join('');
}

function writeElement({ name, attributes, children }: EvtxElement, into: string[]): void {
  if (children === null) return;
  into.push('<', name);
  for (const attribute of attributes) into.push(' ', attribute[0], "='", escapeAttribute(attribute[1]), "'");
  if (children.length === 0) return void into.push('/>');
  into.push('>');
  for (const child of children) writeNode(child, into);
  into.push('</', name, '>');
}

function writeNode(node: EvtxNode, into: string[]): void {
  if (typeof node === 'string') into.push(escapeText(node));
  else if (isElement(node)) writeElement(node, into);
  else into.push('<?', node.target, ' ', node.data.replaceAll('?>', '? >'), '?>');
}

function escapeText(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replace(UNCARRIABLE, '_');
}

function escapeAttribute(text: string): string {
  if (!NEEDS_ATTRIBUTE_ESCAPE.test(text)) return text;
  return escapeText(text).replaceAll("'", '&apos;').replaceAll('"', '&quot;');
}
