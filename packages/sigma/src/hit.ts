import { formatAddress } from './cidr.ts';
import { ACCEPTED } from './context.ts';
import type { Atom } from './expression.ts';
import { ANY, ONE, type Part } from './pattern.ts';
import type { EventReader } from './reader.ts';
import { compileValues } from './value-test.ts';
import type { ExpandedValue, Value } from './value.ts';

/** Modifiers that put wildcards around what the rule writes, as a search for keywords does. */
const PLACED = /\|(?:contains|startswith|endswith)\b/;
const SHOWN_LENGTH = 200;

/** The values of a comparison that an explanation shows, with the one that an event satisfies before the others. */
export function hitFirst(atom: Atom, reader: EventReader): readonly string[] {
  const { values, expected, field, key } = atom;
  const content = field === undefined ? { present: true, isNull: false, texts: reader.texts() } : reader.field(field);
  const holds = (value: SingleValue): boolean => compileValues([value], [], ACCEPTED)(content, reader);
  for (const [index, value] of values.entries()) {
    const hit = madeOf(value).find(holds);
    if (!hit) continue;
    const text = expected[index] ?? valueText(hit, field === undefined || PLACED.test(key));
    const others = expected.filter((_, other) => other !== index);
    return [text.slice(0, SHOWN_LENGTH), ...others].slice(0, expected.length);
  }
  return expected;
}

type SingleValue = Exclude<Value, ExpandedValue>;

/** The values that modifiers made of one. */
function madeOf(value: Value): readonly SingleValue[] {
  return value.kind === 'anyOf' ? value.values.flatMap(madeOf) : [value];
}

/** A value as a rule may write it. */
function valueText(value: SingleValue, placed: boolean): string {
  switch (value.kind) {
    case 'string':
      return value.parts.map((part, index) => (placed && isEdge(value.parts, index) ? '' : partText(part))).join('');
    case 'number':
      return value.text;
    case 'regex':
      return value.source;
    case 'network':
      return `${formatAddress(value.network.bytes)}/${value.network.prefix}`;
    case 'fieldref':
      return value.field;
    case 'comparison':
      return String(value.limit.exact ?? value.limit.value);
    case 'null':
      return 'null';
    default:
      return String(value.value);
  }
}

function isEdge(parts: readonly Part[], index: number): boolean {
  return parts[index] === ANY && (index === 0 || index === parts.length - 1);
}

function partText(part: Part): string {
  if (typeof part === 'string') return part;
  return part === ONE ? '?' : '*';
}
