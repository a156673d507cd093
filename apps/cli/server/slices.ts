import { isObjectLine, jsonValues, lines, type LogFile, type Source } from '@yuheng/engine';

/** A part of a file as it is sent. */
export interface Slice {
  /** Number of its first line or record. */
  readonly first: number;
  readonly body: Buffer;
  /** The file ends with it. */
  readonly last: boolean;
}

/** Bytes of one request at most; the server takes 64 MiB unless told otherwise. */
const MAX_SLICE_BYTES = 60 * 2 ** 20;
/** A slice of lines is sent when it has so many bytes, whatever the number of its lines. */
const FULL_BYTES = 8 * 2 ** 20;

/** A file that has to be sent as a whole is too large for one request. */
export class Unsendable extends Error {}

/** Cuts a file: formats of lines between any two lines, NDJSON between two lines that are objects. All others go as a whole. */
export async function* slices(
  file: LogFile,
  source: Source | undefined,
  wide: boolean,
  linesPerSlice: number,
): AsyncGenerator<Slice> {
  const byLine = (source === undefined || source.frame === lines || source.frame === jsonValues) && !wide;
  if (!byLine) return yield { first: 1, body: await whole(file), last: true };
  const cutter = new LineCutter(linesPerSlice, source?.frame === jsonValues);
  for await (const chunk of file.bytes()) {
    for (const slice of cutter.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))) yield slice;
  }
  yield cutter.end();
}

async function whole(file: LogFile): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file.bytes()) {
    size += chunk.byteLength;
    if (size > MAX_SLICE_BYTES) throw new Unsendable();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Gathers lines to slices. */
class LineCutter {
  private readonly most: number;
  private readonly json: boolean;
  private rest: Buffer[] = [];
  private lines: Buffer[] = [];
  private bytes = 0;
  private first = 1;
  /** The last line is an object by itself, so that the slice may end after it. */
  private endsWhole = true;

  constructor(most: number, json: boolean) {
    this.most = most;
    this.json = json;
  }

  *push(chunk: Buffer): Generator<Slice> {
    let from = 0;
    for (let feed = chunk.indexOf(10); feed >= 0; feed = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...this.rest, chunk.subarray(from, feed + 1)]);
      this.rest = [];
      from = feed + 1;
      yield* this.add(line);
    }
    if (from < chunk.length) this.rest.push(Buffer.from(chunk.subarray(from)));
  }

  end(): Slice {
    const body = Buffer.concat([...this.lines, ...this.rest]);
    if (body.byteLength > MAX_SLICE_BYTES) throw new Unsendable();
    return { first: this.first, body, last: true };
  }

  private *add(line: Buffer): Generator<Slice> {
    const isWhole = !this.json || isObjectLine(line.toString());
    if ((this.lines.length >= this.most || this.bytes >= FULL_BYTES) && this.endsWhole && isWhole) yield this.cut();
    this.lines.push(line);
    this.bytes += line.byteLength;
    this.endsWhole = isWhole;
    if (this.bytes > MAX_SLICE_BYTES) throw new Unsendable();
  }

  private cut(): Slice {
    const slice = { first: this.first, body: Buffer.concat(this.lines), last: false };
    this.first += this.lines.length;
    this.lines = [];
    this.bytes = 0;
    return slice;
  }
}
