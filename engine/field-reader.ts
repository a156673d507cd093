import { plainText } from './plain-text.ts';
import { newFields, type Fields } from './record.ts';

/** Reads a record's fields for a mapping and remembers which ones it used: the others stay in `unmapped`. */
export class FieldReader {
  private readonly fields: Fields;
  private readonly used = new Set<string>();

  constructor(fields: Fields) {
    this.fields = fields;
  }

  /** The first of these fields that has text; '', '-' and absent ones are none. Numbers and booleans read as text. */
  text(...names: readonly string[]): string | undefined {
    for (const name of names) {
      const value = this.fields[name];
      const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
      if (typeof text !== 'string') continue;
      this.used.add(name);
      if (text !== '' && text !== '-') return text;
    }
    return undefined;
  }

  /** The first of these fields that is a whole number, decimal or 0x hexadecimal, and safe in JavaScript. */
  integer(...names: readonly string[]): number | undefined {
    for (const name of names) {
      const value = this.fields[name];
      const text = plainText(value).trim();
      if (!/^(?:-?\d{1,16}|0x[0-9a-f]{1,13})$/i.test(text) || !Number.isSafeInteger(Number(text))) continue;
      this.used.add(name);
      return Number(text);
    }
    return undefined;
  }

  /** A field as it is; counts as used. */
  value(name: string): unknown {
    if (this.fields[name] !== undefined) this.used.add(name);
    return this.fields[name];
  }

  /** Marks fields as told elsewhere in the event. */
  drop(...names: readonly string[]): void {
    for (const name of names) this.used.add(name);
  }

  /** What nobody read. */
  rest(): Fields {
    const rest = newFields();
    for (const [name, value] of Object.entries(this.fields)) if (!this.used.has(name)) rest[name] = value;
    return rest;
  }
}

/** An object without its undefined attributes; `undefined` when nothing is left. */
export function present<T extends object>(attributes: T): { [K in keyof T]: Exclude<T[K], undefined> } | undefined {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return entries.length > 0 ? (Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }) : undefined;
}
