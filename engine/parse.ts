import type { ParseContext, Sink, Source } from './capability.ts';
import type { Skim } from './framing/skim.ts';
import type { FrameOptions, Refusal } from './framing/options.ts';
import type { Counts } from './counts.ts';
import type { LogFile } from './ports/files.ts';
import type { Frame, Origin, Record } from './record.ts';

/** How a file is to be read. */
export interface ParseOptions {
  readonly batchSize: number;
  readonly maxRecordBytes: number;
  readonly encoding?: string;
  /** Where the bytes begin in the file, when they are a piece of it. */
  readonly start?: FrameOptions['start'];
  /** Passes by lines that need not become records; it counts them itself. */
  readonly skim?: Skim | undefined;
  readonly context: Omit<ParseContext, 'origin' | 'sink'>;
  /** What was refused, for people; the counts hold it in any case. */
  readonly onRefusal?: (refusal: Refusal) => void;
}

/** A file of a recognised format as batches of records. What becomes of each frame is counted in `counts`. */
export async function* parse(
  bytes: AsyncIterable<Uint8Array>,
  source: Source,
  origin: Origin,
  counts: Counts,
  options: ParseOptions,
): AsyncGenerator<Record[]> {
  const sink = new CountingSink(counts);
  const parser = source.open({ ...options.context, origin, sink });
  for await (const frames of source.frame(bytes, frameOptions(options, counts))) {
    counts.read += frames.length;
    for (const frame of frames) {
      parser.push(frame);
      if (sink.records.length >= options.batchSize) yield sink.take();
    }
    // No later than the frames end: records that wait grow old, and old garbage is what makes a long hunt large.
    yield sink.take();
  }
  parser.end();
  while (sink.records.length > 0) yield sink.take(options.batchSize);
}

function frameOptions(options: ParseOptions, counts: Counts): FrameOptions {
  const { maxRecordBytes, encoding, start, skim } = options;
  return {
    maxRecordBytes,
    ...(encoding === undefined ? {} : { encoding }),
    ...(start ? { start } : {}),
    ...(skim ? { skim } : {}),
    refuse(refusal) {
      counts.refuse(refusal.reason, refusal.records ?? 1);
      options.onRefusal?.(refusal);
    },
  };
}

class CountingSink implements Sink {
  records: Record[] = [];
  private readonly counts: Counts;

  constructor(counts: Counts) {
    this.counts = counts;
  }

  take(most = this.records.length): Record[] {
    return this.records.splice(0, most);
  }

  record(record: Record, frames = 1): void {
    this.counts.parsed += frames;
    for (const what of record.assumed ?? []) this.counts.assume(what);
    this.records.push(record);
  }

  unparsed(_frame: Frame, reason: string): void {
    this.counts.leave(reason);
  }

  joined(): void {
    this.counts.parsed++;
  }

  directive(): void {
    this.counts.read--;
  }
}

/** The beginning of a file, and all of its bytes again. */
export interface PeekedFile {
  readonly head: Buffer;
  /** There is no more of it. */
  readonly complete: boolean;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Lets the file go when `bytes` are not asked for. */
  close(): Promise<void>;
}

/** Looks at the first `least` bytes of a file, and on to the end of its first line, but never at more than `most`. */
export async function peekFile(file: LogFile, least: number, most: number): Promise<PeekedFile> {
  const iterator = file.bytes()[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let lineEnded = false;
  let complete = false;
  while (!complete && (size < least || (!lineEnded && size < most))) {
    const step = await iterator.next();
    if (step.done) {
      complete = true;
    } else {
      chunks.push(step.value);
      size += step.value.byteLength;
      lineEnded ||= step.value.includes(10);
    }
  }
  const head = joined(chunks);
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      // In one piece: what a pipe cut within a byte-order mark is whole again.
      if (head.length > 0) yield head;
      for (let step = await iterator.next(); !step.done; step = await iterator.next()) yield step.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head, complete, bytes: all(), close: async () => void (await iterator.return?.()) };
}

function joined(chunks: readonly Uint8Array[]): Buffer {
  const [only, ...more] = chunks;
  return only && more.length === 0 ? Buffer.from(only.buffer, only.byteOffset, only.byteLength) : Buffer.concat(chunks);
}
