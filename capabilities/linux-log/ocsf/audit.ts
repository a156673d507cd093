import {
  AccountChangeActivityId,
  ApplicationLifecycleActivityId,
  AuthenticationActivityId,
  ClassUid,
  EventLogActivityId,
  FileActivityId,
  GroupManagementActivityId,
  KernelExtensionActivityId,
  NetworkActivityId,
  ProcessActivityId,
  StatusId,
} from '@yuheng/ocsf';
import { isObject, present, type FieldReader } from '@yuheng/engine';
import { mapperOf, type Mapped, type MapperTable } from './mapping.ts';
import { endpoint, file, process, requiredUser, thisHost, user, type Attributes } from './parts.ts';

/** Audit events by their first record type: https://github.com/linux-audit/audit-documentation/wiki */
const TYPES: MapperTable = {
  SYSCALL: syscall,
  USER_AUTH: (fields) => logon(fields, AuthenticationActivityId.Logon),
  USER_LOGIN: (fields) => logon(fields, AuthenticationActivityId.Logon),
  USER_START: (fields) => logon(fields, AuthenticationActivityId.Logon),
  USER_ACCT: (fields) => logon(fields, AuthenticationActivityId.Preauth),
  USER_LOGOUT: (fields) => logon(fields, AuthenticationActivityId.Logoff),
  USER_END: (fields) => logon(fields, AuthenticationActivityId.Logoff),
  USER_CMD: (fields) => logon(fields, AuthenticationActivityId.AccountSwitch),
  USER_CHAUTHTOK: (fields) => account(fields, AccountChangeActivityId.PasswordChange),
  ADD_USER: (fields) => account(fields, AccountChangeActivityId.Create),
  DEL_USER: (fields) => account(fields, AccountChangeActivityId.Delete),
  ADD_GROUP: (fields) => group(fields, GroupManagementActivityId.Create),
  DEL_GROUP: (fields) => group(fields, GroupManagementActivityId.Delete),
  SERVICE_START: (fields) => unit(fields, ApplicationLifecycleActivityId.Start),
  SERVICE_STOP: (fields) => unit(fields, ApplicationLifecycleActivityId.Stop),
  DAEMON_START: (fields) => auditLog(fields, EventLogActivityId.Start),
  DAEMON_END: (fields) => auditLog(fields, EventLogActivityId.Stop),
  DAEMON_ROTATE: (fields) => auditLog(fields, EventLogActivityId.Rotate),
};

/** An audit event; a base event with its actor where its type has no better class. */
export function auditEvent(fields: FieldReader): Mapped {
  const types = [fields.value('type')].flat().map(String);
  const mapper = types.map((type) => mapperOf(TYPES, type)).find((found) => found !== undefined);
  const mapped = mapper?.(fields);
  if (mapped) return mapped;
  return { classUid: ClassUid.BaseEvent, activityId: 0, attributes: { actor: actor(fields) } };
}

/** A started process: execve that succeeded. */
export function launch(fields: FieldReader): Mapped | undefined {
  const started = process({
    path: fields.text('exe'),
    name: fields.text('comm'),
    pid: fields.integer('pid'),
    commandLine: fields.text('cmdline'),
    more: { working_directory: fields.text('cwd'), user: effectiveUser(fields) },
  });
  if (!started) return undefined;
  const parentPath = fields.text('ppid_exe');
  const parent = process({ path: parentPath, name: fields.text('ppid_comm'), pid: fields.integer('ppid') });
  const by = present({ process: parent, ...who(fields) });
  return {
    classUid: ClassUid.ProcessActivity,
    activityId: ProcessActivityId.Launch,
    attributes: {
      process: { ...started, parent_process: parent },
      actor: by ?? { app_name: 'unknown' },
      ...result(fields),
    },
  };
}

function syscall(fields: FieldReader): Mapped | undefined {
  const name = fields.text('SYSCALL') ?? '';
  if (name === 'execve' || name === 'execveat') return undefined;
  if (name === 'init_module' || name === 'finit_module' || name === 'delete_module') return kernelModule(fields, name);
  if (fields.text('laddr') !== undefined) return connection(fields, name);
  return fileActivity(fields, name);
}

const FILE_ACTIVITY: readonly (readonly [syscalls: RegExp, activity: number])[] = [
  [/^(?:unlink|rmdir)/, FileActivityId.Delete],
  [/^rename/, FileActivityId.Rename],
  [/^(?:f?chmod|fchmodat|chown|f?chown|lchown|fchownat)/, FileActivityId.SetSecurity],
  [/^(?:l|f)?(?:set|remove)xattr/, FileActivityId.SetAttributes],
  [/^(?:utime|futime)/, FileActivityId.SetAttributes],
  [/^truncate|^ftruncate/, FileActivityId.Update],
  [/^(?:creat|mkdir|mknod|link|symlink)/, FileActivityId.Create],
  [/^open/, FileActivityId.Open],
];

/** A file that a system call touched: the last PATH, which is the object itself (those before are its folders). */
function fileActivity(fields: FieldReader, name: string): Mapped | undefined {
  const paths = fields.value('paths');
  const objects = (Array.isArray(paths) ? paths : []).filter(isObject).filter((path) => path['nametype'] !== 'PARENT');
  const touched = objects.at(-1);
  const path = typeof touched?.['name'] === 'string' ? touched['name'] : undefined;
  if (path === undefined) return undefined;
  const created = touched?.['nametype'] === 'CREATE' && /^(?:open|creat)/.test(name);
  const activity = created
    ? FileActivityId.Create
    : (FILE_ACTIVITY.find(([test]) => test.test(name))?.[1] ?? FileActivityId.Open);
  const cwd = fields.text('cwd');
  const full = path.startsWith('/') || cwd === undefined ? path : `${cwd.replace(/\/$/, '')}/${path}`;
  return {
    classUid: ClassUid.FileActivity,
    activityId: activity,
    attributes: { file: file(full), actor: actor(fields), ...result(fields) },
  };
}

function connection(fields: FieldReader, name: string): Mapped {
  const remote = endpoint(fields.text('laddr'), fields.integer('lport'));
  const inbound = name.startsWith('accept');
  const attributes = {
    src_endpoint: inbound ? remote : thisHost(fields),
    dst_endpoint: inbound ? thisHost(fields) : remote,
    connection_info: { direction_id: inbound ? 1 : 2 },
    actor: actor(fields),
  };
  return {
    classUid: ClassUid.NetworkActivity,
    activityId: NetworkActivityId.Open,
    attributes: { ...attributes, ...result(fields) },
  };
}

function kernelModule(fields: FieldReader, call: string): Mapped {
  const named = [fields.value('name')].flat().at(-1);
  const loaded = typeof named === 'string' ? named : 'unknown';
  return {
    classUid: ClassUid.KernelExtensionActivity,
    activityId: call === 'delete_module' ? KernelExtensionActivityId.Unload : KernelExtensionActivityId.Load,
    attributes: { driver: { file: file(loaded) }, actor: actor(fields), ...result(fields) },
  };
}

function logon(fields: FieldReader, activityId: number): Mapped {
  const attributes = {
    user: requiredUser(fields.text('acct', 'ID'), fields.text('id')),
    src_endpoint: endpoint(fields.text('addr', 'hostname')),
    dst_endpoint: thisHost(fields),
    service: present({ name: fields.text('exe') ?? 'unknown' }),
    actor: actor(fields),
    ...result(fields),
  };
  return { classUid: ClassUid.Authentication, activityId, attributes: present(attributes) ?? {} };
}

function account(fields: FieldReader, activityId: number): Mapped {
  const target = requiredUser(fields.text('acct', 'ID'), fields.text('id'));
  return {
    classUid: ClassUid.AccountChange,
    activityId,
    attributes: { user: target, actor: actor(fields), ...result(fields) },
  };
}

function group(fields: FieldReader, activityId: number): Mapped {
  const target = present({ name: fields.text('acct', 'grp', 'ID'), uid: fields.text('id') }) ?? { name: 'unknown' };
  return {
    classUid: ClassUid.GroupManagement,
    activityId,
    attributes: { group: target, actor: actor(fields), ...result(fields) },
  };
}

function unit(fields: FieldReader, activityId: number): Mapped | undefined {
  const name = fields.text('unit');
  if (name === undefined) return undefined;
  return {
    classUid: ClassUid.ApplicationLifecycle,
    activityId,
    attributes: { app: { name }, actor: actor(fields), ...result(fields) },
  };
}

function auditLog(fields: FieldReader, activityId: number): Mapped {
  return {
    classUid: ClassUid.EventLogActivity,
    activityId,
    attributes: { log_name: 'audit', actor: actor(fields), ...result(fields) },
  };
}

/** Who did it: the process, the login account (auid survives su and sudo) and its session. */
function actor(fields: FieldReader): Attributes {
  const acting = process({
    path: fields.text('exe'),
    name: fields.text('comm'),
    pid: fields.integer('pid'),
    more: { parent_process: process({ pid: fields.integer('ppid') }) },
  });
  return present({ process: acting, ...who(fields) }) ?? { app_name: 'unknown' };
}

/** -1 as an unsigned number: no login stands behind it. */
const UNSET = /^(?:4294967295|-1|unset)$/;

function who(fields: FieldReader): Attributes {
  const set = (value: string | undefined): string | undefined =>
    value === undefined || UNSET.test(value) ? undefined : value;
  const login = user(set(fields.text('AUID')), set(fields.text('auid')));
  const acting = login ?? user(fields.text('UID'), fields.text('uid'));
  return present({ user: acting, session: present({ uid: set(fields.text('ses')) }) }) ?? {};
}

function effectiveUser(fields: FieldReader): Attributes | undefined {
  return user(fields.text('EUID', 'UID'), fields.text('euid', 'uid'));
}

function result(fields: FieldReader): Attributes {
  const said = fields.text('success', 'res');
  if (said === undefined) return {};
  const statusId = /^(?:yes|success|1)$/.test(said) ? StatusId.Success : StatusId.Failure;
  return { status_id: statusId, ...present({ status_code: fields.text('exit') }) };
}
