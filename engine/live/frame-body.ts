import type { Source } from '../capability.ts';
import { lines } from '../framing/lines.ts';
import type { Frame } from '../record.ts';

/** A body cut into records. */
export interface FramedBody {
  readonly frames: readonly Frame[];
  /** Records that were refused, by reason. */
  readonly rejected: { readonly [reason: string]: number };
  /** Lines of a text, blank ones too; else records. */
  readonly span: number;
}

/** How a body is cut. The same options give the same frames, at intake and when the journal is read. */
export interface BodyOptions {
  readonly maxRecordBytes: number;
  /** More records than this are a {@link TooManyRecords}. */
  readonly maxRecords?: number;
  readonly encoding?: string | undefined;
}

/** A body holds more records than one may. */
export class TooManyRecords extends Error {}

const PIECE_BYTES = 256 * 1_024;

/** Cuts a body as its format does; what nobody knows is cut into lines. */
export async function frameBody(
  body: Uint8Array,
  source: Source | undefined,
  { maxRecordBytes, encoding, maxRecords = Infinity }: BodyOptions,
): Promise<FramedBody> {
  const rejected: { [reason: string]: number } = Object.create(null) as { [reason: string]: number };
  const options = {
    maxRecordBytes,
    ...(encoding === undefined ? {} : { encoding }),
    refuse({ reason, records = 1 }: { readonly reason: string; readonly records?: number }): void {
      if (records > 0) rejected[reason] = (rejected[reason] ?? 0) + records;
    },
  };
  const frames: Frame[] = [];
  for await (const some of (source?.frame ?? lines)(pieces(body), options)) {
    for (const frame of some) frames.push(frame);
    if (frames.length > maxRecords) throw new TooManyRecords();
  }
  const span = Math.max(frames.at(-1)?.number ?? 0, source?.binary ? 0 : countLines(body));
  return { frames, rejected, span };
}

/** In pieces, so that no more records are made than are let pass. */
async function* pieces(body: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < body.byteLength; from += PIECE_BYTES) yield body.subarray(from, from + PIECE_BYTES);
}

/** Lines of a text, the last one with or without its end. */
export function countLines(body: Uint8Array): number {
  let count = 0;
  for (let at = body.indexOf(10); at >= 0; at = body.indexOf(10, at + 1)) count++;
  return body.length > 0 && body.at(-1) !== 10 ? count + 1 : count;
}
