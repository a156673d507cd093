import type { RecordFrame } from './record-frame.ts';
import { canFollow, frameAt, hasFrameStart, isFrameStart, missingRecords, nextFrame } from './record-frame.ts';

/** A part of a chunk: a whole record, one that was torn off, or bytes in which there should have been one. */
export interface Stretch {
  readonly offset: number;
  readonly length: number;
  readonly frame: RecordFrame | undefined;
  /** Record numbers missing between the record before this stretch, or its own, and the next. */
  readonly missing: number;
}

/** Where a chunk's records begin and end, and whether its header says so; if not, unused space may follow them. */
export interface Extent {
  readonly start: number;
  readonly end: number;
  readonly trusted: boolean;
}

/** Divides a chunk into its records and what lies between them; unused space at the end is left out. */
export function divide(chunk: Buffer, extent: Extent): Stretch[] {
  const stretches: Stretch[] = [];
  let lastId: bigint | undefined;
  for (let offset = extent.start; offset < extent.end;) {
    const stretch = stretchAt(chunk, offset, extent, lastId);
    if (stretch === undefined) break;
    stretches.push(stretch);
    lastId = stretch.frame?.recordId ?? lastId;
    offset += stretch.length;
  }
  return stretches;
}

function stretchAt(chunk: Buffer, offset: number, extent: Extent, lastId: bigint | undefined): Stretch | undefined {
  const frame = frameAt(chunk, offset, extent.end);
  if (frame?.whole === true) return { offset, length: frame.size, frame, missing: 0 };
  const next = nextFrame(chunk, offset, extent.end, lastId);
  const length = (next?.offset ?? extent.end) - offset;
  const torn = frame !== undefined && frame.size <= length && canFollow(frame.recordId, lastId) ? frame : undefined;
  if (next === undefined && torn === undefined && !shouldHoldRecord(chunk, offset, extent, lastId)) return undefined;
  return { offset, length, frame: torn, missing: missingRecords(torn?.recordId ?? lastId, next?.recordId, length) };
}

/**
 * Whether the rest of a chunk, in which no record was found, should have held one. Zeros are unused space. Where the
 * header cannot be believed, what follows the last record may be what the chunk held long before.
 */
function shouldHoldRecord(
  chunk: Buffer,
  offset: number,
  { end, trusted }: Extent,
  lastId: bigint | undefined,
): boolean {
  if (trusted) return chunk.subarray(offset, end).some((byte) => byte !== 0);
  return lastId === undefined ? hasFrameStart(chunk, offset, end) : isFrameStart(chunk, offset);
}
