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
  const { fields } = frame;
  const derived = fields['Channel'] === undefined || fields['Channel'] === null;
  if (derived) fields['Channel'] = CHANNEL_OF[plainText(fields['Provider_Name']).toLowerCase()];
  const channel = plainText(fields['Channel'] ?? '');
  const kind = kindOf(channel, fields['EventID']);
  return new WindowsRecord(frame, context.origin, kind, eventTime(fields['TimeCreated'], context), derived);
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

/** When an event happened, and what was assumed for that. */
type EventTime = Pick<Record, 'time' | 'assumed'>;

/** The text that was read last: many logs name whole seconds, and events of one second follow each other. */
let last: { readonly text: string; readonly utc: ReturnType<typeof readIsoTime> } = { text: '', utc: undefined };

/** When an event says that it happened. */
export function eventTime(value: unknown, context: Pick<ParseContext, 'offsetMinutes'>): EventTime {
  const text = typeof value === 'string' ? value : '';
  if (text !== last.text) last = { text, utc: readIsoTime(text) };
  const { utc } = last;
  if (!utc) return oddTime(text);
  if (!utc.zoneAssumed) return { time: utc.time, assumed: undefined };
  const offset = context.offsetMinutes(utc.time.ms);
  return { time: { ms: utc.time.ms - offset * 60_000, ns: utc.time.ns }, assumed: ['zone'] };
}

function oddTime(text: string): EventTime {
  const json = /^\/Date\((\d{1,15})\)\/$/.exec(text);
  if (json) return { time: { ms: Number(json[1]), ns: 0 }, assumed: undefined };
  return { time: { ms: 0, ns: 0 }, assumed: ['missing'] };
}

/** What only records that matched are asked for is made when it is asked for. */
class WindowsRecord implements Record {
  readonly origin: Origin;
  readonly number: number;
  readonly fields: Fields;
  readonly structured = true;
  readonly json: true | undefined;
  readonly time: Instant;
  readonly assumed: readonly TimeAssumption[] | undefined;
  readonly kind: string;
  private readonly render: () => string;
  private rendered: string | undefined;

  constructor(frame: WindowsFrame, origin: Origin, kind: string, { time, assumed }: EventTime, derived: boolean) {
    this.origin = origin;
    this.number = frame.number;
    this.fields = frame.fields;
    this.json = frame.json && !derived ? true : undefined;
    this.time = time;
    this.assumed = assumed;
    this.kind = kind;
    this.render = frame.raw;
  }

  get raw(): string {
    return (this.rendered ??= this.render());
  }

  get recordId(): number | string | undefined {
    return wholeNumber(this.fields['EventRecordID']);
  }

  /** None where one of the four is missing: (Computer, Channel, EventRecordID, time to the second), all from the event itself. */
  get identity(): string | undefined {
    const { recordId, time, assumed } = this;
    const computer = this.fields['Computer'];
    const channel = plainText(this.fields['Channel'] ?? '');
    if (typeof computer !== 'string' || computer === '' || channel === '') return undefined;
    if (recordId === undefined || assumed?.includes('missing')) return undefined;
    return [computer.toLowerCase(), channel.toLowerCase(), recordId, Math.floor(time.ms / 1000)].join('|');
  }
}
