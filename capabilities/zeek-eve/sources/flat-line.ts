import { isObject, type Fields } from '@yuheng/engine';
import { exactJson, type SigmaEvent, type TextSlice } from '@yuheng/sigma';
import { flatten } from './flatten.ts';

/** A line of JSON that answers as its record would: by the names that {@link flatten} gives, without being parsed as a whole. */
export class FlatLine implements SigmaEvent {
  private readonly line: SigmaEvent;
  private readonly complete: (fields: Fields) => void;
  /** What was flattened so far, by the attribute that it stood under; the whole line under none. */
  private parts: Map<string | undefined, Fields> | undefined;

  /** `complete` adds what a record has besides; it must need no more than one attribute and what lies below. */
  constructor(line: SigmaEvent, complete: (fields: Fields) => void = () => {}) {
    this.line = line;
    this.complete = complete;
  }

  field(name: string): unknown {
    let holder: string | undefined;
    for (let dot = name.indexOf('.'); ; dot = name.indexOf('.', dot + 1)) {
      const prefix = dot < 0 ? name : name.slice(0, dot);
      if ((this.line.field(prefix) ?? undefined) !== undefined) {
        // Which of two attributes that give one name comes later is for the whole line to say.
        if (holder !== undefined) return this.part(undefined)[name];
        holder = prefix;
      }
      if (dot < 0) break;
    }
    if (holder === undefined) return undefined;
    return holder === name ? unlessObject(this.line.field(name)) : this.part(holder)[name];
  }

  slice(name: string): TextSlice | null | undefined {
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
      if (this.line.slice?.(name.slice(0, dot)) !== null) return undefined;
    return this.line.slice?.(name);
  }

  texts(): Iterable<string> {
    return [this.line.json!()!, ...this.line.texts()];
  }

  json(): string | undefined {
    return this.line.json?.();
  }

  jsonSlice(): TextSlice | undefined {
    return this.line.jsonSlice?.();
  }

  private part(name: string | undefined): Fields {
    // Most lines are never asked for what lies in their objects.
    this.parts ??= new Map();
    let fields = this.parts.get(name);
    if (!fields) {
      fields = flatten(name === undefined ? this.whole() : { [name]: this.line.field(name) });
      this.complete(fields);
      this.parts.set(name, fields);
    }
    return fields;
  }

  private whole(): { readonly [key: string]: unknown } {
    return JSON.parse(exactJson(this.line.json!()!)) as { readonly [key: string]: unknown };
  }
}

/** Objects are no fields: what lies in them is. Null is absent. */
function unlessObject(value: unknown): unknown {
  return value === null || isObject(value) ? undefined : value;
}
