import type { SigmaEvent, TextSlice } from '@yuheng/sigma';
import { descend } from './aliases/field-path.ts';
import type { Reading } from './aliases/reading.ts';

/** An event that answers by its source's own names, as rules see it that read it in one way. */
export class EventView implements SigmaEvent {
  private readonly event: SigmaEvent;
  private readonly aliases: Reading['aliases'];

  constructor(event: SigmaEvent, { aliases }: Reading) {
    this.event = event;
    this.aliases = aliases;
  }

  field(name: string): unknown {
    const own = this.event.field(name);
    if (own !== undefined) return own;
    const alias = this.aliases[name];
    if (alias !== undefined) return this.event.field(alias);
    const dot = name.indexOf('.');
    if (dot < 0) return undefined;
    const first = name.slice(0, dot);
    return descend({ [first]: this.event.field(first) }, name);
  }

  slice(name: string): TextSlice | null | undefined {
    const own = this.event.slice?.(name);
    if (own !== null) return own;
    const alias = this.aliases[name];
    if (alias !== undefined) return this.event.slice?.(alias);
    return name.includes('.') ? undefined : null;
  }

  texts(): Iterable<string> {
    return this.event.texts();
  }

  jsonSlice(): TextSlice | undefined {
    return this.event.jsonSlice?.();
  }

  json(): string | undefined {
    return this.event.json?.();
  }
}
