import { expect, it } from 'vitest';
import * as ocsf from './index.ts';

const severity = ocsf.SeverityId.Informational;
const time = Date.UTC(2026, 2, 16);
const metadata = { product: { name: 'Test' }, uid: 'a1' };
const common = { severity, time, metadata };
const device: ocsf.Device = { type_id: ocsf.DeviceTypeId.Desktop, hostname: 'WS01', ip: '10.0.0.5' };
const user: ocsf.User = { name: 'alice', uid: 'S-1-5-21-1', domain: 'CORP' };
const shell: ocsf.Process = {
  pid: 4711,
  name: 'powershell.exe',
  cmd_line: 'powershell -enc AAAA',
  file: {
    name: 'powershell.exe',
    path: 'C:\\Windows\\powershell.exe',
    type_id: ocsf.FileTypeId.RegularFile,
    hashes: [{ algorithm_id: ocsf.FingerprintAlgorithmId.SHA256, algorithm: 'SHA-256', value: 'ab'.repeat(32) }],
  },
  parent_process: { pid: 1, parent_process: { uid: '{0f1e}' } },
  user,
};
const actor: ocsf.Actor = { process: shell, user };
const client: ocsf.NetworkEndpoint = { ip: '10.0.0.5', port: 49_152 };
const server: ocsf.NetworkEndpoint = { ip: '2001:db8::1', port: 443, hostname: 'example.com' };
const attacks: ocsf.Attack[] = [{ technique: { uid: 'T1059.001', name: 'PowerShell' }, tactic: { uid: 'TA0002' } }];

const process: ocsf.ProcessActivity = {
  ...ocsf.base({ class: ocsf.ClassUid.ProcessActivity, activity: ocsf.ProcessActivityId.Launch, ...common }),
  actor,
  device,
  process: shell,
  status_id: ocsf.StatusId.Success,
  status: 'Success',
  observables: [{ type_id: ocsf.ObservableTypeId.Hostname, type: 'Hostname', name: 'device.hostname', value: 'WS01' }],
  unmapped: { RuleName: '-', nested: { anything: [null, 1] } },
  raw_data: '<Event/>',
};
const file: ocsf.FileActivity = {
  ...ocsf.base({ class: ocsf.ClassUid.FileActivity, activity: ocsf.FileActivityId.Create, ...common }),
  actor,
  device,
  file: { name: 'a.txt', type_id: ocsf.FileTypeId.RegularFile, size: 12, created_time: time },
};
const module: ocsf.ModuleActivity = {
  ...ocsf.base({ class: ocsf.ClassUid.ModuleActivity, activity: ocsf.ModuleActivityId.Load, ...common }),
  actor,
  device,
  module: { load_type_id: ocsf.LoadTypeId.Standard },
};
const driver: ocsf.KernelExtensionActivity = {
  ...ocsf.base({
    class: ocsf.ClassUid.KernelExtensionActivity,
    activity: ocsf.KernelExtensionActivityId.Load,
    ...common,
  }),
  actor,
  device,
  driver: { file: { name: 'evil.sys', type_id: ocsf.FileTypeId.RegularFile } },
};
const job: ocsf.ScheduledJobActivity = {
  ...ocsf.base({ class: ocsf.ClassUid.ScheduledJobActivity, activity: ocsf.ScheduledJobActivityId.Create, ...common }),
  device,
  job: { name: '\\Updater', cmd_line: 'cmd /c calc' },
};
const log: ocsf.EventLogActivity = {
  ...ocsf.base({ class: ocsf.ClassUid.EventLogActivity, activity: ocsf.EventLogActivityId.Clear, ...common }),
  log_name: 'Security',
  actor: { user },
};
const script: ocsf.ScriptActivity = {
  ...ocsf.base({ class: ocsf.ClassUid.ScriptActivity, activity: ocsf.ScriptActivityId.Execute, ...common }),
  actor,
  device,
  script: { type_id: ocsf.ScriptTypeId.PowerShell, script_content: { value: 'Get-Item' } },
};
const registry: ocsf.RegistryValueActivity = {
  ...ocsf.base({ class: ocsf.ClassUid.RegistryValueActivity, activity: ocsf.RegistryValueActivityId.Set, ...common }),
  actor,
  device,
  reg_value: { name: 'Run', path: 'HKLM\\Software\\Run', data: 'calc.exe' },
};
const service: ocsf.WindowsServiceActivity = {
  ...ocsf.base({
    class: ocsf.ClassUid.WindowsServiceActivity,
    activity: ocsf.WindowsServiceActivityId.Create,
    ...common,
  }),
  actor,
  device,
  win_service: { name: 'PSEXESVC', cmd_line: 'C:\\Windows\\PSEXESVC.exe' },
};
const logon: ocsf.Authentication = {
  ...ocsf.base({ class: ocsf.ClassUid.Authentication, activity: ocsf.AuthenticationActivityId.Logon, ...common }),
  user,
  service: { name: 'sshd' },
  src_endpoint: client,
  logon_type_id: ocsf.LogonTypeId.Network,
  is_remote: true,
};
const privileges: ocsf.AuthorizeSession = {
  ...ocsf.base({
    class: ocsf.ClassUid.AuthorizeSession,
    activity: ocsf.AuthorizeSessionActivityId.AssignPrivileges,
    ...common,
  }),
  user,
  privileges: ['SeDebugPrivilege'],
};
const account: ocsf.AccountChange = {
  ...ocsf.base({ class: ocsf.ClassUid.AccountChange, activity: ocsf.AccountChangeActivityId.Create, ...common }),
  user,
  actor: { user },
};
const group: ocsf.GroupManagement = {
  ...ocsf.base({ class: ocsf.ClassUid.GroupManagement, activity: ocsf.GroupManagementActivityId.AddUser, ...common }),
  group: { name: 'Domain Admins' },
  user,
};
const flow: ocsf.NetworkActivity = {
  ...ocsf.base({ class: ocsf.ClassUid.NetworkActivity, activity: ocsf.NetworkActivityId.Open, ...common }),
  src_endpoint: client,
  dst_endpoint: server,
  connection_info: { direction_id: ocsf.NetworkConnectionInfoDirectionId.Outbound, protocol_num: 6 },
  traffic: { bytes_in: 10, bytes_out: 20 },
};
const dns: ocsf.DnsActivity = {
  ...ocsf.base({ class: ocsf.ClassUid.DnsActivity, activity: ocsf.DnsActivityId.Query, ...common }),
  src_endpoint: client,
  query: { hostname: 'example.com', type: 'A' },
  answers: [{ rdata: '192.0.2.1', flag_ids: [1], flags: ['Authoritative Answer'] }],
};
const http: ocsf.HttpActivity = {
  ...ocsf.base({ class: ocsf.ClassUid.HttpActivity, activity: ocsf.HttpActivityId.Get, ...common }),
  src_endpoint: client,
  dst_endpoint: server,
  http_request: { http_method: 'GET', url: { url_string: 'http://example.com/' }, user_agent: 'curl/8' },
  http_response: { code: 200 },
};
const api: ocsf.ApiActivity = {
  ...ocsf.base({
    class: ocsf.ClassUid.ApiActivity,
    activity: ocsf.ApiActivityId.Create,
    ...common,
    metadata: { ...metadata, profiles: ['cloud'] },
  }),
  actor: { user },
  api: { operation: 'RunInstances', service: { name: 'ec2' } },
  src_endpoint: client,
  cloud: { provider: 'AWS', region: 'eu-central-1' },
};
const finding: ocsf.DetectionFinding = {
  ...ocsf.base({
    class: ocsf.ClassUid.DetectionFinding,
    activity: ocsf.DetectionFindingActivityId.Create,
    ...common,
    severity: ocsf.SeverityId.High,
  }),
  finding_info: { uid: 'f1', title: 'Encoded command', attacks, analytic: { type_id: 1, type: 'Rule', uid: 'r1' } },
  evidences: [{ process: shell, data: { any: 1 } }],
  is_alert: true,
};
const incident: ocsf.IncidentFinding = {
  ...ocsf.base({ class: ocsf.ClassUid.IncidentFinding, activity: ocsf.IncidentFindingActivityId.Create, ...common }),
  finding_info_list: [{ uid: 'f1' }],
  status_id: ocsf.IncidentFindingStatusId.New,
  assignee: user,
  attacks,
};
const unparsed: ocsf.BaseEvent = {
  ...ocsf.base({ class: ocsf.ClassUid.BaseEvent, activity: ocsf.BaseEventActivityId.Unknown, ...common }),
  message: 'no parser understood this line',
};

const events: readonly ocsf.OcsfEvent[] = [
  ...[process, file, module, driver, job, log, script, registry, service, logon, privileges, account, group],
  ...[flow, dns, http, api, finding, incident, unparsed],
];

it.each(events.map((event) => [ocsf.classOf(event.class_uid)?.name, event] as const))(
  'accepts a good %s',
  (_name, event) => {
    expect(ocsf.validate(event)).toEqual([]);
    expect(ocsf.validate(JSON.parse(JSON.stringify(event)))).toEqual([]);
  },
);
