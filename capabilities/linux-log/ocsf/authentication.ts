import { AuthenticationActivityId, ClassUid, SshActivityId, StatusId } from '@yuheng/ocsf';
import { present, type FieldReader } from '@yuheng/engine';
import type { Mapped, MapperTable } from './mapping.ts';
import { endpoint, requiredUser, thisHost, user, writer } from './parts.ts';

const { Success, Failure } = StatusId;
const { Logon, Logoff, Other } = AuthenticationActivityId;

/** OCSF logon type of a session over the network. */
const NETWORK = 3;

/** What is said of logins, by `action`: sshd, PAM, logind, Proxmox, FTP. */
export const authentication: MapperTable = {
  accepted: (fields) => logon(fields, Logon, Success),
  failed: (fields) => logon(fields, Logon, Failure),
  invalid_user: (fields) => logon(fields, Logon, Failure),
  auth_abandoned: (fields) => logon(fields, Logon, Failure),
  too_many_failures: (fields) => logon(fields, Logon, Failure),
  denied: (fields) => logon(fields, Logon, Failure),
  pam_failed: (fields) => logon(fields, Logon, Failure),
  pam_user_unknown: (fields) => logon(fields, Logon, Failure),
  pam_locked: (fields) => logon(fields, Other, Failure, 'Account Locked'),
  session_opened: (fields) => logon(fields, Logon, Success),
  session_closed: (fields) => logon(fields, Logoff, Success),
  ftp_login: (fields) => logon(fields, Logon, fields.text('result') === 'OK' ? Success : Failure),
  switched: (fields) => accountSwitch(fields, Success),
  refused: (fields) =>
    fields.text('src_ip') === undefined ? accountSwitch(fields, Failure) : ssh(fields, SshActivityId.Refuse),
  pkexec: (fields) => accountSwitch(fields, fields.text('reason') === 'Executing command' ? Success : Failure),

  connection: (fields) => ssh(fields, SshActivityId.Open),
  disconnected: (fields) => ssh(fields, SshActivityId.Close),
  connection_closed: (fields) => ssh(fields, SshActivityId.Close),
  no_identification: (fields) => ssh(fields, SshActivityId.Fail),
  bad_banner: (fields) => ssh(fields, SshActivityId.Fail),
  no_common_algorithm: (fields) => ssh(fields, SshActivityId.Fail),
};

function logon(fields: FieldReader, activityId: number, statusId: number, activityName?: string): Mapped {
  const source = endpoint(fields.text('src_ip', 'rhost'), fields.integer('src_port'), fields.text('src_host'));
  fields.drop('rhost');
  const attributes = {
    activity_name: activityName,
    user: requiredUser(fields.text('user'), fields.text('uid')),
    src_endpoint: source,
    dst_endpoint: thisHost(fields),
    service: present({ name: fields.text('pam_service', 'program') }),
    session: present({ uid: fields.text('session') }),
    auth_protocol: fields.text('auth_method'),
    logon_type_id: source ? NETWORK : undefined,
    is_remote: source ? true : undefined,
    status_id: statusId,
    status_detail: fields.text('reason', 'invalid_user'),
    actor: writer(fields),
  };
  return { classUid: ClassUid.Authentication, activityId, attributes: present(attributes) ?? {} };
}

/** sudo, su and pkexec: one account acts as another. */
export function accountSwitch(fields: FieldReader, statusId: number): Mapped {
  const by = user(fields.text('user'));
  const attributes = {
    user: requiredUser(fields.text('USER', 'target_user') ?? 'root'),
    actor: present({ user: by, ...writer(fields) }),
    dst_endpoint: thisHost(fields),
    service: present({ name: fields.text('program') }),
    account_switch_type_id: 1,
    status_id: statusId,
    status_detail: fields.text('reason'),
  };
  return {
    classUid: ClassUid.Authentication,
    activityId: AuthenticationActivityId.AccountSwitch,
    attributes: present(attributes) ?? {},
  };
}

function ssh(fields: FieldReader, activityId: number): Mapped | undefined {
  const source = endpoint(fields.text('src_ip'), fields.integer('src_port'), fields.text('src_host'));
  if (!source) return undefined;
  const target = thisHost(fields, fields.text('dst_ip'), fields.integer('dst_port'));
  const attributes = { src_endpoint: source, dst_endpoint: target, status_detail: fields.text('reason') };
  return { classUid: ClassUid.SshActivity, activityId, attributes: present(attributes) ?? {} };
}
