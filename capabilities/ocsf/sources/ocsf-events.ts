import {
  isObject,
  jsonPieces,
  jsonValues,
  newFields,
  readIsoTime,
  scalarAt,
  valueShare,
  type Fields,
  type Frame,
  type Instant,
  type ParseContext,
  type Source,
} from '@yuheng/engine';
import { DECIDING } from '../logsources.ts';
import { normalizeOcsf } from '../ocsf/event.ts';

/** Events that are OCSF already, of any version: a class, its category and the version of the schema say so. */
export const ocsfEvents: Source = {
  id: 'ocsf',
  title: { en: 'OCSF events as JSON', 'zh-CN': 'JSON 格式的 OCSF 事件' },
  recognise: (head) => 0.97 * valueShare(head, isOcsf),
  frame: jsonValues,
  divide: jsonPieces,
  open: (context) => ({ push: (frame) => push(frame, context), end() {} }),
  normalize: normalizeOcsf,
};

function isOcsf(value: { readonly [key: string]: unknown }): boolean {
  const metadata = value['metadata'];
  return (
    isUid(value['class_uid']) && isObject(metadata) && /^\d{1,4}\.\d{1,4}/.test(String(textOf(metadata['version'])))
  );
}

function isUid(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function push(frame: Frame, { origin, sink }: ParseContext): void {
  const { value, number, text } = frame;
  if (!isObject(value)) return sink.unparsed(frame, 'not-json');
  if (!isOcsf(value)) return sink.unparsed(frame, 'no-ocsf-event');
  const fields: Fields = Object.assign(newFields(), value);
  const time = timeOf(fields);
  const uid = scalarAt(fields, 'metadata.uid');
  sink.record({
    origin,
    number,
    raw: text,
    fields,
    structured: true,
    json: true,
    time: time ?? { ms: 0, ns: 0 },
    ...(time ? {} : { assumed: ['missing'] as const }),
    kind: kindOf(fields),
    ...(uid && time ? { identity: `ocsf|${uid}|${time.ms}` } : {}),
  });
}

/** Milliseconds since 1970 that a date can hold (ECMAScript, "Time Values"). */
const MAX_TIME = 8.64e15;

function timeOf(fields: Fields): Instant | undefined {
  const ms = fields['time'];
  if (Number.isSafeInteger(ms) && Math.abs(ms as number) <= MAX_TIME) return { ms: ms as number, ns: 0 };
  return readIsoTime(textOf(fields['time_dt']) ?? '')?.time;
}

/** Longer values decide nothing: no log source asks for one. */
const MAX_DECIDING = 256;

function kindOf(fields: Fields): string {
  const values = DECIDING.map((path) => scalarAt(fields, path));
  return `ocsf:${JSON.stringify(values.map((value) => (value === undefined || value.length <= MAX_DECIDING ? value : '…')))}`;
}
