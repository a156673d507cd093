import { FieldReader, type Mapping, type Record, plainText } from '@yuheng/engine';
import { powershell, system, taskScheduler } from './channels.ts';
import type { Mapped, MapperTable } from './mapping.ts';
import { device } from './parts.ts';
import { security } from './security.ts';
import { sysmon } from './sysmon.ts';

const TABLES: { readonly [channel: string]: MapperTable } = {
  'microsoft-windows-sysmon/operational': sysmon,
  security,
  system,
  'microsoft-windows-powershell/operational': powershell,
  'powershellcore/operational': powershell,
  'windows powershell': powershell,
  'microsoft-windows-taskscheduler/operational': taskScheduler,
};

/** Fields that every event tells in its metadata. */
const TOLD = ['EventID', 'Channel', 'Provider_Name', 'Computer', 'TimeCreated', 'EventRecordID'];

/** A Windows event as OCSF: by its channel and id, else as a base event with everything in `unmapped`. */
export function normalizeWindows(record: Record): Mapping {
  const fields = new FieldReader(record.fields);
  const channel = plainText(record.fields['Channel'] ?? '');
  const eventId = plainText(record.fields['EventID']);
  const mapped: Mapped = TABLES[channel.toLowerCase()]?.[eventId]?.(fields) ?? {
    classUid: 0,
    activityId: 0,
    attributes: {},
  };
  const provider = fields.text('Provider_Name');
  const host = device(fields);
  fields.drop(...TOLD);
  return {
    ...mapped,
    attributes: { device: host, ...mapped.attributes },
    profiles: ['host'],
    product: { name: channel.toLowerCase().includes('sysmon') ? 'Sysmon' : 'Windows', vendor_name: 'Microsoft' },
    ...(channel === '' ? {} : { logName: channel }),
    ...(provider === undefined ? {} : { logProvider: provider }),
    eventCode: eventId,
    unmapped: fields.rest(),
  };
}
