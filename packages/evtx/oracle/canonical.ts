import type { EvtxElement } from '../src/element.ts';
import type { RustJson } from './rust-json.ts';
import { toRustJson } from './rust-json.ts';

/**
 * The canonical form in which an event is compared with what PyPI `evtx` reads: its JSON shape ({@link toRustJson}) as
 * compact JSON, an object being a list of [name, value], and every scalar a text with two rewritings:
 *
 * - GUID: upper case without braces (the crate writes no braces around a GUID value);
 * - time: six digits of a second (the crate cuts the seventh off).
 */
export function canonicalJson(root: EvtxElement): string {
  return JSON.stringify(canonical(toRustJson(root)));
}

/** Rewrites every text of a JSON value. */
export function canonical(value: RustJson): RustJson {
  if (typeof value === 'string') return canonicalText(value);
  return value === null ? null : value.map(canonical);
}

function canonicalText(text: string): string {
  const guid = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i.exec(text)?.[1];
  if (guid !== undefined) return guid.toUpperCase();
  return text.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})\d?Z$/, '$1Z');
}
