import { present, type FieldReader } from '@yuheng/engine';
import { endpoint, file, process, user } from './parts.ts';
import type { Mapped, MapperTable } from './mapping.ts';

type Attributes = { readonly [name: string]: unknown };

/** The Security channel's events by id: https://learn.microsoft.com/windows/security/threat-protection/auditing */
export const security: MapperTable = {
  1102: cleared,
  4624: (fields) => logon(fields, 1, true),
  4625: (fields) => logon(fields, 1, false),
  4634: (fields) => logon(fields, 2, true),
  4647: (fields) => logon(fields, 2, true),
  4648: explicitLogon,
  4768: (fields) => ticket(fields, 3),
  4769: (fields) => ticket(fields, 4),
  4770: (fields) => ticket(fields, 5),
  4771: (fields) => ticket(fields, 6),
  4776: (fields) => ticket(fields, 99),
  4672: privileges,
  4688: launch,
  4689: (fields) => about(fields, 1007, 2, () => ({ process: acting(fields) })),
  4656: object,
  4663: object,
  5145: share,
  5140: share,
  4657: registryValue,
  4697: service,
  4698: (fields) => task(fields, 1),
  4699: (fields) => task(fields, 3),
  4700: (fields) => task(fields, 4),
  4701: (fields) => task(fields, 5),
  4702: (fields) => task(fields, 2),
  4720: (fields) => account(fields, 1),
  4722: (fields) => account(fields, 2),
  4723: (fields) => account(fields, 3),
  4724: (fields) => account(fields, 4),
  4725: (fields) => account(fields, 5),
  4726: (fields) => account(fields, 6),
  4738: (fields) => account(fields, 99),
  4740: (fields) => account(fields, 9),
  4767: (fields) => account(fields, 12),
  4727: (fields) => group(fields, 6),
  4728: (fields) => group(fields, 3),
  4729: (fields) => group(fields, 4),
  4731: (fields) => group(fields, 6),
  4732: (fields) => group(fields, 3),
  4733: (fields) => group(fields, 4),
  4734: (fields) => group(fields, 5),
  4754: (fields) => group(fields, 6),
  4756: (fields) => group(fields, 3),
  4757: (fields) => group(fields, 4),
  5156: network,
};

/** Who did it: the Subject of an audit event, its session and process. */
function subject(fields: FieldReader): Attributes | undefined {
  return present({
    user: user(fields.text('SubjectUserName'), fields.text('SubjectDomainName'), fields.text('SubjectUserSid')),
    session: present({ uid: fields.text('SubjectLogonId') }),
  });
}

function acting(fields: FieldReader): Attributes | undefined {
  return process({ path: fields.text('ProcessName', 'Application'), pid: fields.integer('ProcessId', 'ProcessID') });
}

function about(
  fields: FieldReader,
  classUid: Mapped['classUid'],
  activityId: number,
  attributes: () => Attributes,
): Mapped {
  const own = present(attributes());
  const actor = subject(fields) ?? { app_name: 'unknown' };
  return { classUid, activityId, attributes: { ...own, actor } };
}

/** Logon types of Windows, by the OCSF `logon_type_id` of the same number. */
function logon(fields: FieldReader, activityId: number, success: boolean): Mapped {
  const type = fields.integer('LogonType');
  const source = endpoint(fields.text('IpAddress'), fields.integer('IpPort'), fields.text('WorkstationName'));
  const computer = fields.text('Computer') ?? 'unknown';
  const attributes = {
    user: user(
      fields.text('TargetUserName'),
      fields.text('TargetDomainName'),
      fields.text('TargetUserSid', 'TargetSid'),
    ) ?? { name: 'unknown' },
    session: present({ uid: fields.text('TargetLogonId') }),
    src_endpoint: source,
    dst_endpoint: { name: computer, hostname: computer },
    logon_type_id: type !== undefined && [0, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13].includes(type) ? type : 0,
    auth_protocol: fields.text('AuthenticationPackageName'),
    logon_process: process({ path: fields.text('ProcessName'), pid: fields.integer('ProcessId') }),
    status_id: success ? 1 : 2,
    status_detail: fields.text('FailureReason'),
    status_code: fields.text('SubStatus', 'Status'),
  };
  return about(fields, 3002, activityId, () => attributes);
}

function explicitLogon(fields: FieldReader): Mapped {
  const server = fields.text('TargetServerName') ?? 'unknown';
  const attributes = {
    user: user(fields.text('TargetUserName'), fields.text('TargetDomainName')) ?? { name: 'unknown' },
    dst_endpoint: { name: server, hostname: server },
    src_endpoint: endpoint(fields.text('IpAddress'), fields.integer('IpPort')),
    logon_process: acting(fields),
  };
  return about(fields, 3002, 1, () => attributes);
}

function ticket(fields: FieldReader, activityId: number): Mapped {
  const status = fields.text('Status');
  const attributes = {
    user: user(fields.text('TargetUserName'), fields.text('TargetDomainName'), fields.text('TargetSid')) ?? {
      name: 'unknown',
    },
    service: { name: fields.text('ServiceName') ?? 'krbtgt' },
    src_endpoint: endpoint(fields.text('IpAddress'), fields.integer('IpPort'), fields.text('Workstation')),
    status_id: status === undefined ? 0 : /^(?:0x)?0+$/.test(status) ? 1 : 2,
    status_code: status,
    ...(activityId === 99 ? { activity_name: 'Credential Validation' } : {}),
  };
  return about(fields, 3002, activityId, () => attributes);
}

function privileges(fields: FieldReader): Mapped {
  const list = (fields.text('PrivilegeList') ?? '').split(/\s+/).filter((name) => name !== '');
  const who = user(fields.text('SubjectUserName'), fields.text('SubjectDomainName'), fields.text('SubjectUserSid'));
  return about(fields, 3003, 1, () => ({ user: who ?? { name: 'unknown' }, privileges: list }));
}

function launch(fields: FieldReader): Mapped | undefined {
  const parentPath = fields.text('ParentProcessName');
  const parent = process({ path: parentPath, pid: fields.integer('ProcessId') });
  const owner = user(fields.text('TargetUserName'), fields.text('TargetDomainName'));
  const started = process({
    path: fields.text('NewProcessName'),
    pid: fields.integer('NewProcessId'),
    commandLine: fields.text('CommandLine'),
    more: { parent_process: parent, user: owner },
  });
  if (!started) return undefined;
  const actor = present({ ...subject(fields), process: parent });
  return { classUid: 1007, activityId: 1, attributes: { process: started, actor: actor ?? { app_name: 'unknown' } } };
}

function object(fields: FieldReader): Mapped | undefined {
  const type = fields.text('ObjectType');
  const name = fields.text('ObjectName');
  const actor = present({ ...subject(fields), process: acting(fields) }) ?? { app_name: 'unknown' };
  if (name === undefined) return undefined;
  if (type === 'Key') return { classUid: 201001, activityId: 2, attributes: { reg_key: { path: name }, actor } };
  if (type === 'File') return { classUid: 1001, activityId: 14, attributes: { file: file(name), actor } };
  if (type === 'Process') {
    const target = {
      name: name.slice(name.lastIndexOf('\\') + 1),
      file: file(name),
      uid: fields.text('HandleId') ?? name,
    };
    return { classUid: 1007, activityId: 3, attributes: { process: target, actor } };
  }
  return {
    classUid: 201003,
    activityId: 1,
    attributes: { win_resource: { name, type_id: 99, type: type ?? 'Other' }, actor },
  };
}

function share(fields: FieldReader): Mapped | undefined {
  const source = endpoint(fields.text('IpAddress'), fields.integer('IpPort'));
  const target = fields.text('RelativeTargetName');
  if (!source) return undefined;
  const attributes = {
    src_endpoint: source,
    share: fields.text('ShareName'),
    file: file(target),
  };
  return about(fields, 4006, 2, () => attributes);
}

function registryValue(fields: FieldReader): Mapped | undefined {
  const path = fields.text('ObjectName');
  const name = fields.text('ObjectValueName');
  if (path === undefined || name === undefined) return undefined;
  const data = fields.text('NewValue');
  const entry = { path, name, ...(data === undefined ? {} : { data }) };
  const actor = present({ ...subject(fields), process: acting(fields) }) ?? { app_name: 'unknown' };
  return { classUid: 201002, activityId: 2, attributes: { reg_value: entry, actor } };
}

function service(fields: FieldReader): Mapped | undefined {
  const name = fields.text('ServiceName');
  if (name === undefined) return undefined;
  const win = { name, cmd_line: fields.text('ServiceFileName') ?? 'unknown' };
  return about(fields, 201004, 1, () => ({ win_service: win }));
}

function task(fields: FieldReader, activityId: number): Mapped | undefined {
  const name = fields.text('TaskName');
  if (name === undefined) return undefined;
  const content = fields.text('TaskContent', 'TaskContentNew');
  const command = /<Command>([^<]*)<\/Command>/.exec(content ?? '')?.[1];
  const line = [command, /<Arguments>([^<]*)<\/Arguments>/.exec(content ?? '')?.[1]].filter(Boolean).join(' ');
  return about(fields, 1006, activityId, () => ({
    job: present({ name, cmd_line: line || undefined, desc: content }),
  }));
}

function account(fields: FieldReader, activityId: number): Mapped {
  const target = user(fields.text('TargetUserName'), fields.text('TargetDomainName'), fields.text('TargetSid'));
  const named = activityId === 99 ? { activity_name: 'Changed' } : {};
  return about(fields, 3001, activityId, () => ({ user: target ?? { name: 'unknown' }, ...named }));
}

function group(fields: FieldReader, activityId: number): Mapped {
  const target = present({
    name: fields.text('TargetUserName'),
    domain: fields.text('TargetDomainName'),
    uid: fields.text('TargetSid'),
  });
  const member = user(fields.text('MemberName'), undefined, fields.text('MemberSid'));
  return about(fields, 3006, activityId, () => ({ group: target ?? { name: 'unknown' }, user: member }));
}

function network(fields: FieldReader): Mapped | undefined {
  const source = endpoint(fields.text('SourceAddress'), fields.integer('SourcePort'));
  const target = endpoint(fields.text('DestAddress'), fields.integer('DestPort'));
  if (!source && !target) return undefined;
  const inbound = fields.text('Direction') === '%%14592';
  const attributes = { src_endpoint: source, dst_endpoint: target, connection_info: { direction_id: inbound ? 1 : 2 } };
  const actor = present({ process: acting(fields) }) ?? { app_name: 'unknown' };
  return { classUid: 4001, activityId: 1, attributes: { ...present(attributes), actor } };
}

function cleared(fields: FieldReader): Mapped {
  return about(fields, 1008, 1, () => ({ log_name: 'Security', log_provider: fields.text('Provider_Name') }));
}
