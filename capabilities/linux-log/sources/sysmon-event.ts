import {
  newFields,
  parseXml,
  readIsoTime,
  type Fields,
  type Frame,
  type ParseContext,
  type Record,
  plainText,
} from '@yuheng/engine';
import { eventFields } from '@yuheng/evtx';

const BEGINNING = /^\s*<Event>\s*<System>\s*<Provider Name="Linux-Sysmon"/;

/** Whether a text is an event of Sysmon for Linux. */
export function isSysmonXml(text: string): boolean {
  return BEGINNING.test(text);
}

/** An event of Sysmon for Linux as a record, by Sysmon's field names; `undefined` when it is no such XML. */
export function sysmonRecord(xml: string, frame: Frame, context: ParseContext): Record | undefined {
  const root = parseXml(xml.trim()) ?? parseXml(mend(xml.trim()));
  if (!root) return undefined;
  const fields: Fields = Object.assign(newFields(), eventFields(root));
  const id = plainText(fields['EventID']);
  if (!/^\d{1,3}$/.test(id)) return undefined;
  const read = readIsoTime(plainText(fields['TimeCreated'] ?? ''));
  const recordId = fields['EventRecordID'];
  fields['log_type'] = `sysmon:${id}`;
  return {
    origin: context.origin,
    number: frame.number,
    raw: frame.text,
    fields,
    time: read?.time ?? { ms: 0, ns: 0 },
    ...(read ? {} : { assumed: ['missing'] }),
    kind: `${context.origin.source}:sysmon:${id}`,
    ...(typeof recordId === 'string' || typeof recordId === 'number'
      ? { recordId, identity: `${plainText(fields['Computer'])}|Linux-Sysmon|${recordId}|${read?.time.ms ?? 0}` }
      : {}),
  };
}

/** What syslog does to XML on the way: semicolons of entities are lost, and long lines are cut off. */
function mend(xml: string): string {
  const text = xml.replace(/&(lt|gt|amp|quot|apos)(?!;)/g, '&$1;');
  if (text.endsWith('</Event>')) return text;
  const whole = Math.max(
    text.lastIndexOf('</Data>') + '</Data>'.length,
    text.indexOf('<EventData>') + '<EventData>'.length,
  );
  const rest = text.slice(whole);
  const begun = /^<Data Name="[^"]*">[^<]*$/.test(rest) ? `${rest}</Data>` : '';
  return `${text.slice(0, whole)}${begun}</EventData></Event>`;
}
