import { isObject, newFields, parseXml, present, type Fields, plainText } from '@yuheng/engine';
import { eventFields } from '@yuheng/evtx';

type Json = { readonly [key: string]: unknown };

/** Turns one JSON shape of a Windows event into flat fields by Sigma's names. */
type Shape = (value: Fields) => Fields;

/** The shape of a JSON object, `undefined` when it is no Windows event. */
export function shapeOf(value: Json): Shape | undefined {
  const event = value['Event'];
  if (isObject(event) && isObject(event['System'])) return fromEvtxJson;
  if (isObject(value['winlog'])) return fromWinlogbeat;
  if (isObject(value['event_data']) && value['event_id'] !== undefined) return fromOldWinlogbeat;
  const named =
    value['Channel'] ?? value['SourceName'] ?? value['ProviderName'] ?? value['EventSourceName'] ?? value['LogName'];
  if (typeof named !== 'string' || (value['EventID'] ?? value['EventId'] ?? value['Id']) === undefined)
    return undefined;
  return isEventId(value['EventID'] ?? value['EventId'] ?? value['Id']) ? fromFlat : undefined;
}

const MAX_EVENT_ID = 99_999;

/** Whether a value is what Windows numbers events with, as a number or as text. */
export function isEventId(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value <= 99_999;
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value <= MAX_EVENT_ID;
  return /^\d{1,5}$/.test(plainText(value));
}

/** Sigma's name ← the names that flat exports use, the first that is there. */
export const FLAT_NAMES: readonly (readonly [name: string, others: readonly string[]])[] = [
  ['EventID', ['EventId', 'Id']],
  ['Channel', ['LogName']],
  ['Provider_Name', ['ProviderName', 'SourceName', 'EventSourceName', 'Provider', 'Source']],
  ['Provider_Guid', ['ProviderGuid']],
  ['Computer', ['Hostname', 'MachineName', 'ComputerName', 'host']],
  ['EventRecordID', ['RecordNumber', 'RecordId', 'EventRecordId']],
  ['TimeCreated', ['EventTime', 'SystemTime', 'TimeGenerated', '@timestamp']],
];

/** NXLog and other flat exports: data fields beside the system's. Azure keeps the data as XML text. */
function fromFlat(value: Fields): Fields {
  for (const [name, others] of FLAT_NAMES) {
    const own = value[name];
    if (own !== undefined && own !== null && typeof own !== 'object') continue;
    const found = [name, ...others].map((other) => scalar(value[other])).find((text) => text !== undefined);
    if (found !== undefined) value[name] = found;
  }
  const data = value['EventData'];
  const tree = typeof data === 'string' && data.startsWith('<') ? parseXml(data) : undefined;
  const extra = tree ? eventFields({ name: 'Event', attributes: [], children: [tree] }) : isObject(data) ? data : {};
  return addData(value, extra);
}

/** `{"Event":{"System":{…},"EventData":{…}}}`, as EVTX converters write it; attributes in `#attributes` or `@`. */
function fromEvtxJson(value: Fields): Fields {
  const event = value['Event'] as Json;
  const system = event['System'] as Json;
  const fields = newFields();
  for (const [name, content] of Object.entries(system)) {
    const text = scalar(content) ?? (isObject(content) ? scalar(content['#text'] ?? content['Value']) : undefined);
    if (text !== undefined) fields[name] = text;
    for (const [attribute, attributeValue] of attributesOf(content)) {
      if (name === 'TimeCreated' && attribute === 'SystemTime') fields['TimeCreated'] = attributeValue;
      else if (!(name === 'EventID' && attribute === 'Qualifiers')) fields[`${name}_${attribute}`] = attributeValue;
    }
  }
  for (const section of ['EventData', 'UserData'] as const) {
    const data = event[section];
    if (isObject(data)) addData(fields, section === 'UserData' ? leaves(data) : dataOf(data));
  }
  return fields;
}

function dataOf(data: Json): Fields {
  const fields = Object.assign(newFields(), data);
  delete fields['#attributes'];
  const list = Array.isArray(fields['Data']) ? (fields['Data'] as unknown[]) : [fields['Data']];
  for (const entry of list) {
    if (!isObject(entry)) continue;
    // XML turned to JSON keeps each Data as an object with its name beside its text.
    const name = entry['@Name'] ?? entry['Name'];
    if (typeof name === 'string') fields[name] ??= entry['#text'] ?? null;
    else if ('#text' in entry) fields['Data'] = entry['#text'];
  }
  return fields;
}

function attributesOf(content: unknown): (readonly [string, unknown])[] {
  if (!isObject(content)) return [];
  const nested = content['#attributes'];
  if (isObject(nested)) return Object.entries(nested);
  return Object.entries(content).flatMap(([name, value]) =>
    name.startsWith('@') ? [[name.slice(1), value] as const] : [],
  );
}

/** The leaf elements of a nested UserData, by their own names. */
function leaves(data: Json, into = newFields()): Fields {
  for (const [name, value] of Object.entries(data)) {
    if (name === '#attributes') continue;
    if (isObject(value)) leaves(value, into);
    else into[name] ??= value;
  }
  return into;
}

function fromWinlogbeat(value: Fields): Fields {
  const winlog = value['winlog'] as Json;
  return fromBeat(value, winlog, winlog['channel'], winlog['record_id']);
}

function fromOldWinlogbeat(value: Fields): Fields {
  return fromBeat(value, value, value['log_name'], value['record_number']);
}

function fromBeat(value: Fields, winlog: Json, channel: unknown, recordId: unknown): Fields {
  const provider = winlog['provider_name'] ?? winlog['source_name'];
  const told = {
    EventID: winlog['event_id'],
    Channel: channel,
    Provider_Name: provider,
    Provider_Guid: winlog['provider_guid'],
    Computer: winlog['computer_name'],
    EventRecordID: recordId,
    TimeCreated: value['@timestamp'],
    Message: value['message'],
  };
  const fields = Object.assign(newFields(), present(told));
  const { event_data: data, user_data: userData } = winlog;
  if (isObject(data)) addData(fields, data);
  if (isObject(userData)) addData(fields, leaves(userData));
  return fields;
}

/** The event's own data, beside the system's fields, which keep their names. */
function addData(fields: Fields, data: Json): Fields {
  for (const [name, value] of Object.entries(data)) if (fields[name] === undefined) fields[name] = value;
  return fields;
}

function scalar(value: unknown): string | number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}
