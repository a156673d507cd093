import {
  isObject,
  jsonValues,
  newFields,
  readIsoTime,
  valueShare,
  type Fields,
  type Frame,
  type ParseContext,
  type Source,
  plainText,
} from '@yuheng/engine';
import { normalizeTouch } from '../ocsf/touch.ts';

/** What decoys write: a JSON object a line for every touch. Fields of HTTP have the names that web server logs give them (W3C). */
export const decoyTouch: Source = {
  id: 'decoy',
  title: { en: 'Touches of decoys', 'zh-CN': '诱饵触碰记录' },
  recognise: (head) => 0.98 * valueShare(head, isTouch),
  frame: jsonValues,
  open: (context) => ({ push: (frame) => push(frame, context), end() {} }),
  normalize: normalizeTouch,
};

function isTouch(value: { readonly [key: string]: unknown }): boolean {
  return typeof value['decoy'] === 'string' && typeof value['c-ip'] === 'string' && typeof value['time'] === 'string';
}

function push(frame: Frame, { origin, sink }: ParseContext): void {
  const { value } = frame;
  if (!isObject(value) || !isTouch(value)) return sink.unparsed(frame, 'no-decoy-touch');
  const read = readIsoTime(plainText(value['time']));
  if (!read) return sink.unparsed(frame, 'impossible-time');
  const fields: Fields = Object.assign(newFields(), value);
  const kind = `decoy:${plainText(value['decoy'])}`;
  sink.record({ origin, number: frame.number, raw: frame.text, fields, kind, time: read.time });
}
