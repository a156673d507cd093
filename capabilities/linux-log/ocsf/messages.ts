import {
  AccountChangeActivityId,
  ApplicationLifecycleActivityId,
  ClassUid,
  GroupManagementActivityId,
  KernelExtensionActivityId,
  NetworkActivityId,
  ScheduledJobActivityId,
  StatusId,
} from '@yuheng/ocsf';
import { present, type FieldReader } from '@yuheng/engine';
import { accountSwitch, authentication } from './authentication.ts';
import type { Mapped, MapperTable } from './mapping.ts';
import { endpoint, requiredUser, user, writer } from './parts.ts';

/** Messages of programs by `action`; where two programs share a word, `log_type:action` decides. */
export const messages: MapperTable = {
  ...authentication,
  'sudo:command': (fields) => accountSwitch(fields, StatusId.Success),
  'cron:command': (fields) => job(fields, ScheduledJobActivityId.Start),
  crontab_replaced: (fields) => job(fields, ScheduledJobActivityId.Update),
  crontab_deleted: (fields) => job(fields, ScheduledJobActivityId.Delete),
  user_added: (fields) => account(fields, AccountChangeActivityId.Create),
  user_deleted: (fields) => account(fields, AccountChangeActivityId.Delete),
  user_changed: (fields) => account(fields, AccountChangeActivityId.Other),
  user_locked: (fields) => account(fields, AccountChangeActivityId.Lock),
  user_unlocked: (fields) => account(fields, AccountChangeActivityId.Unlock),
  password_changed: (fields) => account(fields, AccountChangeActivityId.PasswordChange),
  group_added: (fields) => group(fields, GroupManagementActivityId.Create),
  group_deleted: (fields) => group(fields, GroupManagementActivityId.Delete),
  member_added: (fields) => group(fields, GroupManagementActivityId.AddUser),
  member_removed: (fields) => group(fields, GroupManagementActivityId.RemoveUser),
  unit_started: (fields) => unit(fields, ApplicationLifecycleActivityId.Start),
  unit_stopped: (fields) => unit(fields, ApplicationLifecycleActivityId.Stop),
  module_out_of_tree: kernelModule,
  module_unsigned: kernelModule,
  'packet:blocked': (fields) => packet(fields, NetworkActivityId.Refuse),
  'packet:allowed': (fields) => packet(fields, NetworkActivityId.Traffic),
  'packet:logged': (fields) => packet(fields, NetworkActivityId.Traffic),
};

function job(fields: FieldReader, activityId: number): Mapped {
  const owner = fields.text('user') ?? 'unknown';
  const command = fields.text('command');
  const name = command ?? `crontab of ${fields.text('crontab') ?? owner}`;
  const what = present({ name, cmd_line: command, user: user(owner) });
  const actor = { user: { name: owner }, ...writer(fields) };
  return { classUid: ClassUid.ScheduledJobActivity, activityId, attributes: { job: what, actor } };
}

function account(fields: FieldReader, activityId: number): Mapped {
  const actor = present({ user: user(fields.text('by')), ...writer(fields) });
  const named = activityId === AccountChangeActivityId.Other ? { activity_name: 'Changed' } : {};
  const who = requiredUser(fields.text('user'), fields.text('UID'));
  return { classUid: ClassUid.AccountChange, activityId, attributes: { user: who, actor, ...named } };
}

function group(fields: FieldReader, activityId: number): Mapped | undefined {
  const name = fields.text('group');
  if (name === undefined) return undefined;
  const actor = present({ user: user(fields.text('by')), ...writer(fields) });
  const member = user(fields.text('user'));
  const attributes = { group: present({ name, uid: fields.text('GID') }), user: member, actor };
  return { classUid: ClassUid.GroupManagement, activityId, attributes: present(attributes) ?? {} };
}

function unit(fields: FieldReader, activityId: number): Mapped | undefined {
  const name = fields.text('unit');
  if (name === undefined) return undefined;
  return { classUid: ClassUid.ApplicationLifecycle, activityId, attributes: { app: { name } } };
}

function kernelModule(fields: FieldReader): Mapped | undefined {
  const name = fields.text('module');
  if (name === undefined) return undefined;
  return {
    classUid: ClassUid.KernelExtensionActivity,
    activityId: KernelExtensionActivityId.Load,
    attributes: { driver: { file: { name, type_id: 1 } }, actor: writer(fields) },
  };
}

function packet(fields: FieldReader, activityId: number): Mapped | undefined {
  const source = endpoint(fields.text('src_ip'), fields.integer('src_port'));
  const target = endpoint(fields.text('dst_ip'), fields.integer('dst_port'));
  if (!source || !target) return undefined;
  const direction = fields.text('direction');
  const connection = {
    protocol_name: fields.text('proto')?.toLowerCase(),
    direction_id: direction === 'in' ? 1 : direction === 'out' ? 2 : 0,
  };
  fields.drop('SRC', 'DST', 'SPT', 'DPT', 'PROTO');
  const attributes = { src_endpoint: source, dst_endpoint: target, connection_info: present(connection) };
  return { classUid: ClassUid.NetworkActivity, activityId, attributes };
}
