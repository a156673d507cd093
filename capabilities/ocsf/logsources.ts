import type { FieldTable, LogsourceCondition, LogsourceEntry } from '@yuheng/engine';
import {
  ACCOUNT,
  BETWEEN_PROCESSES,
  CLASSIC_SCRIPT,
  CONNECTION,
  DRIVER,
  FILE,
  GROUP,
  HTTP,
  LAUNCH,
  LOG,
  LOGON,
  MODULE,
  MODULE_CALL,
  NETWORK_QUERY,
  OBJECT,
  PIPE,
  QUERY,
  REGISTRY,
  SCRIPT,
  SERVICE,
  SHARE,
  TASK,
  TERMINATION,
} from './fields.ts';

/** Paths by which this file tells kinds of events apart; `class_uid` and `activity_id` first. */
export const DECIDING = [
  'class_uid',
  'activity_id',
  'device.os.type_id',
  'metadata.log_name',
  'metadata.event_code',
  'file.type_id',
  'script.type_id',
  'actor.process.pid',
] as const;

type Fields = { readonly [path in (typeof DECIDING)[number]]?: readonly (string | number | null)[] };

/** OCSF `os.type_id`. */
const OS = { windows: 100, linux: 200, macos: 300 } as const;

const SYSMON = 'Microsoft-Windows-Sysmon/Operational';
const POWERSHELL = ['Microsoft-Windows-PowerShell/Operational', 'PowerShellCore/Operational'];

function ocsf(fields: Fields, table: FieldTable): LogsourceCondition {
  return { source: ['ocsf'], fields, table };
}

/** A log and its event ids. */
interface Log {
  readonly names: readonly string[];
  readonly codes?: readonly number[];
}

/** A Sigma category: events of these classes and activities on hosts of that system, and what a log of that name is known to be. */
function category(
  product: keyof typeof OS,
  name: string,
  table: FieldTable,
  classes: readonly Fields[],
  ...logs: readonly Log[]
): LogsourceEntry {
  const uids = [...new Set(classes.flatMap((each) => each.class_uid ?? []))];
  const byClass = classes.map((each) => ocsf({ ...each, 'device.os.type_id': [OS[product]] }, table));
  const byLog = logs.map(({ names, codes }) =>
    ocsf({ class_uid: uids, 'metadata.log_name': names, ...(codes ? { 'metadata.event_code': codes } : {}) }, table),
  );
  return { product, category: name, where: [...byClass, ...byLog] };
}

function sysmon(...codes: number[]): Log {
  return { names: [SYSMON], codes };
}

/** A log and classes of its events, of which more is known than of the others. */
interface Known {
  readonly class_uid: readonly number[];
  readonly codes: readonly number[];
  readonly table: FieldTable;
}

/** A Sigma service: the events of a log, as far as its name goes. */
function service(name: string, names: readonly string[], ...known: readonly Known[]): LogsourceEntry {
  const better = known.map(({ class_uid, codes, table }) =>
    ocsf({ class_uid, 'metadata.log_name': names, 'metadata.event_code': codes }, table),
  );
  return { product: 'windows', service: name, where: [...better, ocsf({ 'metadata.log_name': names }, LOG)] };
}

/** A Sigma category that only one log of Windows can be told to answer. */
function ofLog(name: string, table: FieldTable, class_uid: number, { names, codes = [] }: Log): LogsourceEntry {
  const fields = { class_uid: [class_uid], 'metadata.log_name': names, 'metadata.event_code': codes };
  return { product: 'windows', category: name, where: [ocsf(fields, table)] };
}

const LAUNCHES: Fields = { class_uid: [1007], activity_id: [1] };
const CREATIONS: Fields = { class_uid: [1001], activity_id: [1] };
const DELETIONS: Fields = { class_uid: [1001], activity_id: [4] };
const CONNECTIONS: Fields = { class_uid: [4001], activity_id: [1] };
const KEY_CREATED: Fields = { class_uid: [201001], activity_id: [1] };
const KEY_RENAMED: Fields = { class_uid: [201001], activity_id: [5] };
const VALUE_SET: Fields = { class_uid: [201002], activity_id: [2, 3] };
const REGISTRY_DELETIONS: Fields = { class_uid: [201001, 201002], activity_id: [4] };

/** Sigma's log source → OCSF class and activity. */
export const logsources: readonly LogsourceEntry[] = [
  { product: 'ocsf', where: [{ source: ['ocsf'] }] },

  category('windows', 'process_creation', LAUNCH, [LAUNCHES], sysmon(1), { names: ['Security'], codes: [4688] }),
  category('linux', 'process_creation', LAUNCH, [LAUNCHES], { names: ['sysmon:1', 'execve'] }),
  category('macos', 'process_creation', LAUNCH, [LAUNCHES]),
  category('windows', 'process_termination', TERMINATION, [{ class_uid: [1007], activity_id: [2] }], sysmon(5)),
  category('windows', 'process_access', BETWEEN_PROCESSES, [{ class_uid: [1007], activity_id: [3] }], sysmon(10)),
  category('windows', 'create_remote_thread', BETWEEN_PROCESSES, [{ class_uid: [1007], activity_id: [4] }], sysmon(8)),
  category('windows', 'image_load', MODULE, [{ class_uid: [1005], activity_id: [1] }], sysmon(7)),
  category('windows', 'driver_load', DRIVER, [{ class_uid: [1002], activity_id: [1] }], sysmon(6)),

  category('windows', 'file_event', FILE, [CREATIONS], sysmon(11)),
  category('linux', 'file_event', FILE, [CREATIONS], { names: ['sysmon:11'] }),
  category('macos', 'file_event', FILE, [CREATIONS]),
  category('windows', 'file_change', FILE, [{ class_uid: [1001], activity_id: [6] }], sysmon(2)),
  category('windows', 'file_delete', FILE, [DELETIONS], sysmon(23, 26)),
  category('linux', 'file_delete', FILE, [DELETIONS], { names: ['sysmon:23', 'sysmon:26'] }),
  category('windows', 'pipe_created', PIPE, [{ class_uid: [1001], 'file.type_id': [6] }], sysmon(17, 18)),

  category(
    'windows',
    'registry_event',
    REGISTRY,
    [KEY_CREATED, KEY_RENAMED, VALUE_SET, REGISTRY_DELETIONS],
    sysmon(12, 13, 14),
  ),
  category('windows', 'registry_add', REGISTRY, [KEY_CREATED], sysmon(12)),
  category('windows', 'registry_delete', REGISTRY, [REGISTRY_DELETIONS], sysmon(12)),
  category('windows', 'registry_set', REGISTRY, [VALUE_SET], sysmon(13)),
  category('windows', 'registry_rename', REGISTRY, [KEY_RENAMED], sysmon(14)),

  category('windows', 'network_connection', CONNECTION, [CONNECTIONS], sysmon(3)),
  category('linux', 'network_connection', CONNECTION, [CONNECTIONS], { names: ['sysmon:3'] }),
  category('macos', 'network_connection', CONNECTION, [CONNECTIONS]),
  category('windows', 'dns_query', QUERY, [{ class_uid: [4003] }], sysmon(22)),

  { category: 'dns', where: [ocsf({ class_uid: [4003], 'actor.process.pid': [null] }, NETWORK_QUERY)] },

  category('windows', 'ps_script', SCRIPT, [{ class_uid: [1009], 'script.type_id': [2] }], {
    names: POWERSHELL,
    codes: [4104],
  }),
  ofLog('ps_module', MODULE_CALL, 1009, { names: POWERSHELL, codes: [4103] }),
  ofLog('ps_classic_start', CLASSIC_SCRIPT, 1009, { names: ['Windows PowerShell'], codes: [400] }),
  ofLog('ps_classic_script', CLASSIC_SCRIPT, 1009, { names: ['Windows PowerShell'], codes: [800] }),

  { category: 'webserver', where: [ocsf({ class_uid: [4002] }, HTTP)] },

  service(
    'security',
    ['Security'],
    { class_uid: [201004], codes: [4697], table: SERVICE },
    { class_uid: [3002], codes: [4624, 4625, 4634, 4647], table: LOGON },
    { class_uid: [4006], codes: [5140, 5145], table: SHARE },
    { class_uid: [1006], codes: [4698, 4699, 4700, 4701, 4702], table: TASK },
    { class_uid: [3001], codes: [4720, 4722, 4723, 4724, 4725, 4726, 4738, 4740, 4767], table: ACCOUNT },
    { class_uid: [3006], codes: [4727, 4728, 4729, 4731, 4732, 4733, 4734, 4754, 4756, 4757], table: GROUP },
    { class_uid: [1001, 1007, 201001, 201002], codes: [4656, 4657, 4663], table: OBJECT },
  ),
  service('system', ['System'], { class_uid: [201004], codes: [7040, 7045], table: SERVICE }),
  service('application', ['Application']),
  service('sysmon', [SYSMON]),
  service('powershell', POWERSHELL),
  service('powershell-classic', ['Windows PowerShell']),
  service('taskscheduler', ['Microsoft-Windows-TaskScheduler/Operational']),
  service('windefend', ['Microsoft-Windows-Windows Defender/Operational']),
];
