import {
  isObject,
  jsonPieces,
  jsonValues,
  readIsoTime,
  type Fields,
  type Frame,
  type ParseContext,
  type Source,
  plainText,
} from '@yuheng/engine';
import { normalizeEve } from '../ocsf/eve.ts';
import { addDnsQueries } from './eve-dns.ts';
import { flatten } from './flatten.ts';
import { jsonShare } from './json-share.ts';
import { kindOf } from './streams.ts';

/** Suricata's eve.json: alerts, flows and what it saw of protocols. */
export const suricataEve: Source = {
  id: 'suricata-eve',
  title: { en: 'Suricata EVE (eve.json)', 'zh-CN': 'Suricata EVE（eve.json）' },
  recognise: (head) => 0.95 * jsonShare(head, isEve),
  frame: jsonValues,
  divide: jsonPieces,
  open: (context) => ({ push: (frame) => push(frame, context), end() {} }),
  normalize: normalizeEve,
};

/** Every event names its type, and carries a flow, an address or an object of that name. */
function isEve(value: { readonly [key: string]: unknown }): boolean {
  const type = value['event_type'];
  if (typeof type !== 'string' || typeof value['timestamp'] !== 'string') return false;
  return value['flow_id'] !== undefined || value['src_ip'] !== undefined || isObject(value[type]);
}

function push(frame: Frame, context: ParseContext): void {
  const { origin, sink } = context;
  if (!isObject(frame.value)) return sink.unparsed(frame, 'not-json');
  if (!isEve(frame.value)) return sink.unparsed(frame, 'no-eve-event');
  const fields = flatten(frame.value);
  addDnsQueries(fields);
  const kind = kindOf(origin.source, plainText(fields['event_type']));
  sink.record({ origin, number: frame.number, raw: frame.text, fields, kind, ...timeOf(fields, context) });
}

function timeOf(
  fields: Fields,
  { offsetMinutes }: ParseContext,
): Pick<Parameters<ParseContext['sink']['record']>[0], 'time' | 'assumed'> {
  const text = plainText(fields['timestamp']);
  const utc = readIsoTime(text);
  if (!utc) return { time: { ms: 0, ns: 0 }, assumed: ['missing'] };
  if (!utc.zoneAssumed) return { time: utc.time };
  const read = readIsoTime(text, offsetMinutes(utc.time.ms)) ?? utc;
  return { time: read.time, assumed: ['zone'] };
}
