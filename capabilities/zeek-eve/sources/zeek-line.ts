import { newFields, type Fields } from '@yuheng/engine';
import { unescapeHex, type ZeekHeader } from './zeek-header.ts';

/** Reads a line by its header: fields by Zeek's names, unset ones left out. `undefined` when it has another number of columns. */
export function readZeekLine(text: string, header: ZeekHeader): Fields | undefined {
  const values = text.split(header.separator);
  if (values.length !== header.fields.length) return undefined;
  const fields = newFields();
  for (const [index, name] of header.fields.entries()) {
    const value = readValue(values[index]!, header.types[index] ?? 'string', header);
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

/** One column by its type, as Zeek's JSON would write it: numbers, booleans, lists for sets and vectors, text for the rest. */
function readValue(text: string, type: string, header: ZeekHeader): unknown {
  if (text === header.unsetField) return undefined;
  const element = /^(?:set|vector|list)\[(.*)\]$/.exec(type)?.[1];
  if (element !== undefined) {
    if (text === header.emptyField) return [];
    return text.split(header.setSeparator).map((part) => (part === header.unsetField ? '' : readScalar(part, element)));
  }
  return text === header.emptyField ? '' : readScalar(text, type);
}

const NUMBERS = new Set(['count', 'int', 'port', 'double', 'interval']);

function readScalar(text: string, type: string): unknown {
  if (type === 'bool') return text === 'T';
  if (NUMBERS.has(type)) return readNumber(text);
  return unescapeHex(text);
}

/** Integers that a double would change stay text. */
function readNumber(text: string): number | string {
  const number = Number(text);
  const isExact = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
  return text !== '' && isExact ? number : text;
}
