import {
  isObject,
  jsonPieces,
  jsonValues,
  readIsoTime,
  type Frame,
  type ParseContext,
  type Skimmed,
  type Source,
  plainText,
} from '@yuheng/engine';
import type { SigmaEvent } from '@yuheng/sigma';
import { normalizeEve } from '../ocsf/eve.ts';
import { addDnsQueries } from './eve-dns.ts';
import { FlatLine } from './flat-line.ts';
import { flatten } from './flatten.ts';
import { jsonShare } from './json-share.ts';
import { kindOf } from './streams.ts';

const ID = 'suricata-eve';

/** Suricata's eve.json: alerts, flows and what it saw of protocols. */
export const suricataEve: Source = {
  id: ID,
  title: { en: 'Suricata EVE (eve.json)', 'zh-CN': 'Suricata EVE（eve.json）' },
  recognise: (head) => 0.95 * jsonShare(head, isEve),
  frame: jsonValues,
  divide: jsonPieces,
  open: (context) => ({ push: (frame) => push(frame, context), end() {} }),
  skim,
  normalize: normalizeEve,
};

/** Every event names its type, and carries a flow, an address or an object of that name. */
function isEve(value: { readonly [key: string]: unknown }): boolean {
  return isEvent({ field: (name) => value[name] });
}

function isEvent(event: Pick<SigmaEvent, 'field'>): boolean {
  const type = event.field('event_type');
  if (typeof type !== 'string' || typeof event.field('timestamp') !== 'string') return false;
  return event.field('flow_id') !== undefined || event.field('src_ip') !== undefined || isObject(event.field(type));
}

/** Names that complete the fields of DNS, where they do not stand in an object of their own. */
const ODD_NAMES = ['dns.queries', 'dns.query', 'dns.answers', 'dns.rrname', 'dns.rrtype', 'dns.rdata'] as const;

function skim(line: SigmaEvent, context: Pick<ParseContext, 'offsetMinutes'>): Skimmed | undefined {
  if (!isEvent(line) || hasOddNames(line)) return undefined;
  const kind = kindOf(ID, plainText(line.field('event_type')));
  return { kind, ...timeOf(line.field('timestamp'), context), event: new FlatLine(line, addDnsQueries) };
}

// Asked of every line: a callback would be an object a line.
function hasOddNames(line: SigmaEvent): boolean {
  for (let at = 0; at < ODD_NAMES.length; at++) if (line.field(ODD_NAMES[at]!) !== undefined) return true;
  return false;
}

function push(frame: Frame, context: ParseContext): void {
  const { origin, sink } = context;
  if (!isObject(frame.value)) return sink.unparsed(frame, 'not-json');
  if (!isEve(frame.value)) return sink.unparsed(frame, 'no-eve-event');
  const fields = flatten(frame.value);
  addDnsQueries(fields);
  const kind = kindOf(origin.source, plainText(fields['event_type']));
  const time = timeOf(fields['timestamp'], context);
  sink.record({ origin, number: frame.number, raw: frame.text, fields, kind, ...time });
}

function timeOf(
  timestamp: unknown,
  { offsetMinutes }: Pick<ParseContext, 'offsetMinutes'>,
): Pick<Skimmed, 'time' | 'assumed'> {
  const text = plainText(timestamp);
  const utc = readIsoTime(text);
  if (!utc) return { time: { ms: 0, ns: 0 }, assumed: ['missing'] };
  if (!utc.zoneAssumed) return { time: utc.time };
  const read = readIsoTime(text, offsetMinutes(utc.time.ms)) ?? utc;
  return { time: read.time, assumed: ['zone'] };
}
