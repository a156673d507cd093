import {
  isObject,
  jsonValues,
  newFields,
  valueShare,
  type Fields,
  type Frame,
  type ParseContext,
  type Parser,
  type Source,
} from '@yuheng/engine';
import { normalizeLinux } from '../ocsf/index.ts';
import { JournalEntries } from './journal-entries.ts';
import { addJournalField, isJournalField } from './journal-record.ts';

/** The systemd journal as JSON lines (`journalctl -o json`). */
export const journaldJson: Source = {
  id: 'journald-json',
  title: { en: 'systemd journal as JSON', 'zh-CN': 'systemd 日志（JSON）' },
  recognise: (head) => 0.95 * valueShare(head, isEntry),
  frame: jsonValues,
  open: (context) => new JournaldJsonParser(context),
  normalize: normalizeLinux,
};

/** Fields that only the journal itself sets. */
const TRUSTED = ['__CURSOR', '__REALTIME_TIMESTAMP', '_TRANSPORT', '_BOOT_ID', '_SOURCE_REALTIME_TIMESTAMP'];

function isEntry(value: { readonly [key: string]: unknown }): boolean {
  return TRUSTED.some((name) => value[name] !== undefined) && ('MESSAGE' in value || 'MESSAGE_ID' in value);
}

class JournaldJsonParser implements Parser {
  private readonly context: ParseContext;
  private readonly entries: JournalEntries;

  constructor(context: ParseContext) {
    this.context = context;
    this.entries = new JournalEntries(context);
  }

  push(frame: Frame): void {
    const { sink } = this.context;
    if (!isObject(frame.value)) return sink.unparsed(frame, 'not-json');
    if (!isEntry(frame.value)) return sink.unparsed(frame, 'no-journal-entry');
    this.entries.push(entryFields(frame.value), frame);
  }

  end(): void {
    this.entries.end();
  }

  oldest(): number | undefined {
    return this.entries.oldest();
  }
}

function entryFields(value: { readonly [key: string]: unknown }): Fields {
  const fields = newFields();
  for (const [name, content] of Object.entries(value)) {
    if (!isJournalField(name)) continue;
    const parts = Array.isArray(content) && !isBytes(content) ? content : [content];
    for (const part of parts) {
      const text = fieldText(part);
      if (text !== undefined) addJournalField(fields, name, text);
    }
  }
  return fields;
}

/** journalctl writes what is not UTF-8 as an array of bytes, and what is too large as null. */
function fieldText(value: unknown): string | undefined {
  if (isBytes(value)) return Buffer.from(value).toString('utf8');
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function isBytes(value: unknown): value is number[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255)
  );
}
