import { FieldReader, type Mapping, type Record, plainText } from '@yuheng/engine';
import { ClassUid, type SeverityId } from '@yuheng/ocsf';
import { severityNumber } from '../sources/priority.ts';
import { auditEvent, launch } from './audit.ts';
import { mapperOf, type Mapped } from './mapping.ts';
import { messages } from './messages.ts';
import { device } from './parts.ts';
import { sysmon } from './sysmon.ts';

/** Told in the event's own attributes or metadata, or made by us. */
const TOLD = [
  'log_type',
  'hostname',
  'program',
  'message',
  'timestamp',
  'Computer',
  'EventID',
  'Channel',
  'Provider_Name',
  'TimeCreated',
  'EventRecordID',
];

/** OCSF severities of syslog's, from emerg to debug. */
const SEVERITIES: readonly SeverityId[] = [6, 5, 5, 4, 3, 2, 1, 1];

/** A Linux record as OCSF: by what it is about, else as a base event with everything in `unmapped`. */
export function normalizeLinux(record: Record): Mapping {
  const fields = new FieldReader(record.fields);
  const logType = plainText(record.fields['log_type']);
  const mapped = mapRecord(logType, fields) ?? { classUid: ClassUid.BaseEvent, activityId: 0, attributes: {} };
  const host = device(fields);
  const severity = SEVERITIES[severityNumber(fields.text('severity') ?? '')];
  const provider = fields.text('Provider_Name', 'program');
  const message = fields.text('message');
  const eventCode = codeOf(logType, record);
  fields.drop(...TOLD);
  return {
    ...mapped,
    attributes: { device: host, ...mapped.attributes },
    profiles: ['host', ...(mapped.profiles ?? [])],
    product: productOf(logType),
    logName: logType,
    ...(severity === undefined ? {} : { severityId: severity }),
    ...(provider === undefined ? {} : { logProvider: provider }),
    ...(eventCode === undefined ? {} : { eventCode }),
    ...(message === undefined ? {} : { message }),
    unmapped: fields.rest(),
  };
}

function mapRecord(logType: string, fields: FieldReader): Mapped | undefined {
  if (logType.startsWith('sysmon:')) return mapperOf(sysmon, logType.slice('sysmon:'.length))?.(fields);
  if (logType === 'execve') return launch(fields) ?? auditEvent(fields);
  if (logType === 'auditd') return auditEvent(fields);
  const action = fields.text('action') ?? '';
  const mapper = mapperOf(messages, `${logType}:${action}`) ?? mapperOf(messages, action);
  return mapper?.(fields);
}

/** The source's own word for what kind of event it is. */
function codeOf(logType: string, { fields }: Record): string | undefined {
  const code = logType.startsWith('sysmon:')
    ? fields['EventID']
    : (fields['action'] ?? fields['SYSCALL'] ?? [fields['type']].flat()[0]);
  return code === undefined ? undefined : String(code);
}

function productOf(logType: string): Mapping['product'] {
  if (logType.startsWith('sysmon:')) return { name: 'Sysmon for Linux', vendor_name: 'Microsoft' };
  return { name: logType === 'auditd' || logType === 'execve' ? 'Linux audit' : 'Linux' };
}
