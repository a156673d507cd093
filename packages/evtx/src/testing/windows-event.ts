import type { SampleContent, SampleElement, SampleRecord, SampleValue } from './sample.ts';
import { fileTime, hexInt64, text, uint16, uint32, uint64, uint8 } from './values.ts';

/** What tells one Windows event from another; the rest of `System` is the same in all. */
export interface WindowsEvent {
  readonly recordId: bigint;
  readonly provider: string;
  readonly eventId: number;
  readonly channel: string;
  readonly computer: string;
  /** When it happened: milliseconds since 1970-01-01 UTC. */
  readonly time: number;
  /** The named values of `EventData`, in order. */
  readonly data: Readonly<Record<string, string | SampleValue>>;
}

const NAMESPACE = 'http://schemas.microsoft.com/win/2004/08/events/event';
const MS_1601_TO_1970 = 11_644_473_600_000n;

/** A record with the event's `System` and `EventData`, to be given to {@link writeEvtx}. */
export function windowsEvent(event: WindowsEvent): SampleRecord {
  const written = (BigInt(event.time) + MS_1601_TO_1970) * 10_000n;
  const data = Object.entries(event.data).map(([name, value]): SampleElement => {
    return { name: 'Data', attributes: { Name: name }, content: [typeof value === 'string' ? text(value) : value] };
  });
  const content = [systemOf(event, written), { name: 'EventData', content: data }];
  return { recordId: event.recordId, written, root: { name: 'Event', attributes: { xmlns: NAMESPACE }, content } };
}

function systemOf(event: WindowsEvent, written: bigint): SampleElement {
  const leaf = (name: string, ...content: SampleContent[]): SampleElement => ({ name, content });
  return {
    name: 'System',
    content: [
      { name: 'Provider', attributes: { Name: event.provider } },
      leaf('EventID', uint16(event.eventId)),
      leaf('Version', uint8(0)),
      leaf('Level', uint8(0)),
      leaf('Task', uint16(0)),
      leaf('Opcode', uint8(0)),
      leaf('Keywords', hexInt64(0x8020000000000000n)),
      { name: 'TimeCreated', attributes: { SystemTime: fileTime(written) } },
      leaf('EventRecordID', uint64(event.recordId)),
      { name: 'Execution', attributes: { ProcessID: uint32(4), ThreadID: uint32(8) } },
      leaf('Channel', text(event.channel)),
      leaf('Computer', text(event.computer)),
    ],
  };
}
