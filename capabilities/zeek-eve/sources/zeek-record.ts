import {
  readEpochSeconds,
  readIsoTime,
  type Fields,
  type Frame,
  type Instant,
  type ParseContext,
  type Record,
  plainText,
} from '@yuheng/engine';

import { kindOf } from './streams.ts';

/** A Zeek entry as a record, whichever writer it came from. `path` is the log stream; rules know it as `_path`. */
export function zeekRecord(fields: Fields, path: string, frame: Frame, { origin }: ParseContext): Record {
  fields['_path'] = path;
  const time = readZeekTime(fields['ts']);
  return {
    origin,
    number: frame.number,
    raw: frame.text,
    fields,
    time: time ?? { ms: 0, ns: 0 },
    ...(time ? {} : { assumed: ['missing'] as const }),
    kind: kindOf(origin.source, path),
  };
}

/** Epoch milliseconds are at least this; seconds stay below it until the year 5138 (`LogAscii::json_timestamps = JSON::TS_MILLIS`). */
const LEAST_MILLISECONDS = 100_000_000_000;

/** Zeek's three ways to write a time: epoch seconds, epoch milliseconds, ISO 8601. */
export function readZeekTime(ts: unknown): Instant | undefined {
  if (typeof ts === 'number' && ts >= LEAST_MILLISECONDS)
    return Number.isSafeInteger(ts) ? { ms: ts, ns: 0 } : undefined;
  if (typeof ts !== 'number' && typeof ts !== 'string') return undefined;
  return readEpochSeconds(ts) ?? readIsoTime(plainText(ts))?.time;
}
