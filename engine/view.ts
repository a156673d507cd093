import type { SigmaEvent } from '@yuheng/sigma';
import type { Fields, Record } from './record.ts';

/** Rule field → this source's field. */
export type Aliases = { readonly [field: string]: string };

/** A record as Sigma rules see it; one view for all rules that read it in the same way, since values are cached by view. */
export class RecordView implements SigmaEvent {
  private readonly record: Record;
  private readonly aliases: Aliases | undefined;

  constructor(record: Record, aliases: Aliases | undefined) {
    this.record = record;
    this.aliases = aliases;
  }

  /** The field itself, else the one that the logsource's alias names, else a path into objects (`a.b`). */
  field(name: string): unknown {
    const fields = this.record.fields;
    const own = fields[name];
    if (own !== undefined) return own;
    const alias = this.aliases?.[name];
    if (alias !== undefined) return fields[alias];
    return name.includes('.') ? descend(fields, name) : undefined;
  }

  /** What a keyword search looks through. */
  texts(): Iterable<string> {
    const { structured, fields } = this.record;
    // Some sources render their raw text only when asked.
    const texts = structured ? [] : [this.record.raw];
    addTexts(fields, texts);
    return texts;
  }

  /** The record's own text, where that is JSON. */
  json(): string | undefined {
    return this.record.json ? this.record.raw : undefined;
  }
}

function descend(fields: Fields, path: string): unknown {
  let value: unknown = fields;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Fields)[key];
  }
  return value;
}

/** Adds every scalar of a value as text. JSON is refused where it nests deeper than a stack can follow. */
function addTexts(value: unknown, texts: string[]): void {
  if (typeof value === 'string') texts.push(value);
  else if (typeof value === 'number' || typeof value === 'boolean') texts.push(String(value));
  else if (typeof value === 'object' && value !== null)
    for (const key in value) addTexts((value as Fields)[key], texts);
}
