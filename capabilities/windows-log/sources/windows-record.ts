import {
  readIsoTime,
  type Fields,
  type Instant,
  type Origin,
  type ParseContext,
  type Record,
  type TimeAssumption,
  plainText,
} from '@yuheng/engine';

/** What every Windows format can tell of an event, by Sigma's names: Channel, EventID, Provider_Name, Computer, EventRecordID, TimeCreated and the event's own data. */
export interface WindowsFrame {
  readonly number: number;
  readonly fields: Fields;
  /** Rendered when asked: an EVTX record's XML costs more than matching it. */
  readonly raw: () => string;
  /** The raw text is one JSON value, and every scalar in `fields` is a value in it. */
  readonly json?: boolean;
}

/** Channels of providers, for exports that leave the channel out. */
const CHANNEL_OF: { readonly [provider: string]: string } = {
  'microsoft-windows-sysmon': 'Microsoft-Windows-Sysmon/Operational',
  'microsoft-windows-security-auditing': 'Security',
  'microsoft-windows-powershell': 'Microsoft-Windows-PowerShell/Operational',
  powershell: 'Windows PowerShell',
  'service control manager': 'System',
};

/** A Windows event as a record. */
export function windowsRecord(frame: WindowsFrame, context: ParseContext): Record {
  const { fields, number } = frame;
  const derived = fields['Channel'] === undefined || fields['Channel'] === null;
  if (derived) fields['Channel'] = CHANNEL_OF[plainText(fields['Provider_Name']).toLowerCase()];
  const channel = plainText(fields['Channel'] ?? '');
  const { time, assumed } = eventTime(fields['TimeCreated'], context);
  const recordId = wholeNumber(fields['EventRecordID']);
  return new LazyRecord(frame.raw, {
    origin: context.origin,
    number,
    fields,
    ...(frame.json && !derived ? { json: true } : {}),
    time,
    ...(assumed.length > 0 ? { assumed } : {}),
    kind: kindOf(channel, fields['EventID']),
    ...(recordId === undefined ? {} : { recordId }),
    ...identityOf(fields['Computer'], channel, recordId, assumed.includes('missing') ? undefined : time),
  });
}

/** Kinds that are remembered; a log can name any number of channels. */
const MAX_KINDS = 10_000;
const kinds = new Map<string, Map<unknown, string>>();
let known = 0;

/** Events of one channel and id are answered by the same rules. */
export function kindOf(channel: string, eventId: unknown): string {
  const kind = kinds.get(channel)?.get(eventId);
  return kind ?? remember(channel, eventId, `windows:${channel.toLowerCase()}:${plainText(eventId)}`);
}

function remember(channel: string, eventId: unknown, kind: string): string {
  if (++known > MAX_KINDS) {
    kinds.clear();
    known = 1;
  }
  const ofChannel = kinds.get(channel) ?? new Map<unknown, string>();
  if (typeof eventId !== 'object') kinds.set(channel, ofChannel.set(eventId, kind));
  return kind;
}

/** A record id as a number, whether the format wrote it as one or as text; a text where it is too large for that. */
function wholeNumber(value: unknown): number | string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const text = plainText(value);
  return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

/** Equal for copies of one record; none where one of the four is missing: (Computer, Channel, EventRecordID, time to the second), all from the event itself. */
function identityOf(
  computer: unknown,
  channel: string,
  recordId: number | string | undefined,
  time: Instant | undefined,
): { readonly identity?: string } {
  if (typeof computer !== 'string' || computer === '' || channel === '' || recordId === undefined || !time) return {};
  return { identity: [computer.toLowerCase(), channel.toLowerCase(), recordId, Math.floor(time.ms / 1000)].join('|') };
}

/** When an event says that it happened. */
export function eventTime(
  value: unknown,
  context: Pick<ParseContext, 'offsetMinutes'>,
): { time: Instant; assumed: TimeAssumption[] } {
  const text = typeof value === 'string' ? value : '';
  const json = /^\/Date\((\d{1,15})\)\/$/.exec(text);
  if (json) return { time: { ms: Number(json[1]), ns: 0 }, assumed: [] };
  const utc = readIsoTime(text);
  if (!utc) return { time: { ms: 0, ns: 0 }, assumed: ['missing'] };
  if (!utc.zoneAssumed) return { time: utc.time, assumed: [] };
  const offset = context.offsetMinutes(utc.time.ms);
  return { time: { ms: utc.time.ms - offset * 60_000, ns: utc.time.ns }, assumed: ['zone'] };
}

/** A record whose raw text is made on first use. */
class LazyRecord implements Record {
  readonly origin: Origin;
  readonly number: number;
  readonly fields: Fields;
  readonly structured = true;
  readonly json?: true;
  readonly time: Instant;
  readonly assumed?: readonly TimeAssumption[];
  readonly kind: string;
  readonly recordId?: number | string;
  readonly identity?: string;
  private readonly render: () => string;
  private rendered: string | undefined;

  constructor(render: () => string, record: Omit<Record, 'raw'>) {
    this.render = render;
    this.origin = record.origin;
    this.number = record.number;
    this.fields = record.fields;
    this.time = record.time;
    this.kind = record.kind;
    if (record.json) this.json = true;
    if (record.assumed) this.assumed = record.assumed;
    if (record.recordId !== undefined) this.recordId = record.recordId;
    if (record.identity !== undefined) this.identity = record.identity;
  }

  get raw(): string {
    return (this.rendered ??= this.render());
  }
}
