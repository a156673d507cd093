import { newFields, type Fields, type Frame, type FrameOptions } from '@yuheng/engine';
import { addJournalField, isJournalField } from './journal-record.ts';

const LINE_FEED = 0x0a;
const SIZE_BYTES = 8;

/**
 * Cuts the journal export format into entries: `NAME=value` lines, or `NAME`, a 64-bit little-endian size and as many bytes;
 * an empty line ends an entry (https://systemd.io/JOURNAL_EXPORT_FORMATS). The value of a frame is the entry's fields.
 */
export async function* exportEntries(
  bytes: AsyncIterable<Uint8Array>,
  options: FrameOptions,
): AsyncGenerator<Frame<Fields>[]> {
  const reader = new ExportReader(options);
  for await (const chunk of bytes) yield reader.push(chunk);
  yield reader.end();
}

class ExportReader {
  private readonly options: FrameOptions;
  private pending: Buffer = Buffer.alloc(0);
  /** Offset in the file of the first byte that is pending. */
  private offset = 0;
  private number = 0;
  private entry: { readonly fields: Fields; readonly start: number; texts: string[] } | undefined;
  /** Bytes of the current entry that are passed over, because it is too long or damaged. */
  private spoiled: string | undefined;
  /** Bytes still to pass over of a field that is too large. */
  private skip = 0;

  constructor(options: FrameOptions) {
    this.options = options;
  }

  push(chunk: Uint8Array): Frame<Fields>[] {
    const frames: Frame<Fields>[] = [];
    this.pending = this.pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.pending, chunk]);
    while (this.readField(frames));
    return frames;
  }

  end(): Frame<Fields>[] {
    const frames: Frame<Fields>[] = [];
    if (this.pending.length > 0) {
      this.begin();
      this.spoiled ??= 'truncated';
    }
    this.finish(frames);
    return frames;
  }

  /** Reads one field or the end of an entry; false when more bytes are needed. */
  private readField(frames: Frame<Fields>[]): boolean {
    if (this.skip > 0) return this.passOver();
    const feed = this.pending.indexOf(LINE_FEED);
    if (feed < 0) return this.keepsLine();
    if (feed === 0) {
      this.drop(1);
      this.finish(frames);
      return true;
    }
    this.begin();
    const line = this.pending.subarray(0, feed);
    const equals = line.indexOf('=');
    if (equals < 0) return this.readBinary(line.toString('latin1'), feed + 1);
    this.add(line.toString('latin1', 0, equals), line.subarray(equals + 1));
    this.drop(feed + 1);
    return true;
  }

  private readBinary(name: string, start: number): boolean {
    if (!isJournalField(name)) {
      this.spoiled ??= 'damaged';
      this.drop(start);
      return true;
    }
    if (this.pending.length < start + SIZE_BYTES) return false;
    const size = this.pending.readBigUInt64LE(start);
    const whole = start + SIZE_BYTES + Number(size) + 1;
    if (size > BigInt(this.options.maxRecordBytes)) {
      this.spoiled ??= 'too-long';
      this.skip = whole;
      return true;
    }
    if (this.pending.length < whole) return false;
    this.add(name, this.pending.subarray(start + SIZE_BYTES, whole - 1));
    this.drop(whole);
    return true;
  }

  private passOver(): boolean {
    const length = Math.min(this.skip, this.pending.length);
    this.skip -= length;
    this.drop(length);
    return this.skip === 0;
  }

  /** A line without an end may grow only up to the bound. */
  private keepsLine(): boolean {
    if (this.pending.length <= this.options.maxRecordBytes) return false;
    this.begin();
    this.spoiled ??= 'too-long';
    this.drop(this.pending.length);
    return false;
  }

  private begin(): void {
    this.entry ??= { fields: newFields(), start: this.offset, texts: [] };
  }

  private add(name: string, bytes: Buffer): void {
    if (!this.entry || this.spoiled !== undefined) return;
    if (!isJournalField(name)) this.spoiled = 'damaged';
    else if (this.offset - this.entry.start + bytes.length > this.options.maxRecordBytes) this.spoiled = 'too-long';
    else {
      const value = bytes.toString('utf8');
      addJournalField(this.entry.fields, name, value);
      this.entry.texts.push(`${name}=${value}`);
    }
  }

  private finish(frames: Frame<Fields>[]): void {
    const { entry, spoiled } = this;
    this.entry = undefined;
    this.spoiled = undefined;
    if (!entry) return;
    this.number++;
    if (spoiled === undefined) {
      frames.push({ number: this.number, offset: entry.start, text: entry.texts.join('\n'), value: entry.fields });
      return;
    }
    const length = this.offset - entry.start;
    const detail = `journal entry ${this.number} is ${spoiled}: expected NAME=value lines of at most ${this.options.maxRecordBytes} bytes and an empty line`;
    this.options.refuse({ reason: spoiled, offset: entry.start, length, detail });
  }

  private drop(bytes: number): void {
    this.pending = this.pending.subarray(bytes);
    this.offset += bytes;
  }
}
