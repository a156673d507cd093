import { fold } from './fold.ts';
import type { SigmaEvent } from './types.ts';

/** One text of an event, as it stands and folded; folded once, when first asked for. */
export class EventText {
  readonly raw: string;
  #folded: string | undefined;

  constructor(raw: string) {
    this.raw = raw;
  }

  get folded(): string {
    return (this.#folded ??= fold(this.raw));
  }
}

/** What an event holds under one field name. */
export interface FieldContent {
  readonly present: boolean;
  /** The field is absent or null, or one of its elements is null. */
  readonly isNull: boolean;
  /** Its scalar values as texts: one, or one for each element of an array. */
  readonly texts: readonly EventText[];
}

const ABSENT: FieldContent = { present: false, isNull: true, texts: [] };
const NULL: FieldContent = { present: true, isNull: true, texts: [] };

/** Reads an event for many rules: each field is fetched, flattened and folded once. */
export class EventReader {
  readonly event: SigmaEvent;
  readonly #fields = new Map<string, FieldContent>();
  #texts: readonly EventText[] | undefined;

  constructor(event: SigmaEvent) {
    this.event = event;
  }

  field(name: string): FieldContent {
    let content = this.#fields.get(name);
    if (!content) {
      content = readContent(this.event.field(name));
      this.#fields.set(name, content);
    }
    return content;
  }

  texts(): readonly EventText[] {
    return (this.#texts ??= Array.from(this.event.texts(), (text) => new EventText(text)));
  }
}

/** The text of a scalar as rules see it (numbers as JavaScript prints them); `undefined` for anything else. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return undefined;
}

/** Calls `visit` with every text that a field's value has, in order: none for objects, one for each scalar in an array. */
export function visitTexts(value: unknown, visit: (text: string) => void): void {
  if (Array.isArray(value)) for (const { raw } of readArray(value).texts) visit(raw);
  else {
    const text = scalarText(value);
    if (text !== undefined) visit(text);
  }
}

function readContent(value: unknown): FieldContent {
  if (value === undefined) return ABSENT;
  if (value === null) return NULL;
  if (Array.isArray(value)) return readArray(value);
  const text = scalarText(value);
  return { present: true, isNull: false, texts: text === undefined ? [] : [new EventText(text)] };
}

function readArray(value: readonly unknown[]): FieldContent {
  const texts: EventText[] = [];
  let isNull = false;
  // A stack, not recursion: arrays come from the world and may nest deeper than the call stack.
  const pending: unknown[] = [...value].reverse();
  while (pending.length > 0) {
    const element = pending.pop();
    if (Array.isArray(element)) for (let at = element.length - 1; at >= 0; at--) pending.push(element[at]);
    else if (element === null) isNull = true;
    else {
      const text = scalarText(element);
      if (text !== undefined) texts.push(new EventText(text));
    }
  }
  return { present: true, isNull, texts };
}
