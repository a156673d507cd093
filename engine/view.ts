import { addTexts, type SigmaEvent } from '@yuheng/sigma';
import { descend } from './aliases/field-path.ts';
import { OWN_NAMES, type Reading } from './aliases/reading.ts';
import type { Record } from './record.ts';

/** A record as Sigma rules see it; one view for all rules that read it in the same way, since values are cached by view. */
export class RecordView implements SigmaEvent {
  private readonly record: Record;
  private readonly reading: Reading;

  constructor(record: Record, reading = OWN_NAMES) {
    this.record = record;
    this.reading = reading;
  }

  /** What the logsource's table says; without one the field itself, else the one that an alias names, else a path into objects (`a.b`). */
  field(name: string): unknown {
    const fields = this.record.fields;
    const { aliases, table } = this.reading;
    if (table) return table.read(fields, name);
    const own = fields[name];
    if (own !== undefined) return own;
    const alias = aliases[name];
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
