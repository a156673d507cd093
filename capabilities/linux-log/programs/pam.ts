import type { Fields } from '@yuheng/engine';
import { readMessage, type MessagePattern } from './message-pattern.ts';

const PATTERNS: readonly MessagePattern[] = [
  {
    sentence:
      /^authentication failure; logname=(?<logname>\S*) uid=(?<uid>\d*) euid=(?<euid>\d*) tty=(?<tty>\S*) ruser=(?<ruser>.*?) rhost=(?<rhost>\S*)(?: +user=(?<user>.*))?$/,
    says: { action: 'pam_failed' },
  },
  {
    sentence:
      /^session opened for user (?<user>[^\s(]+)(?:\(uid=(?<uid>\d+)\))? by (?<by>[^\s(]*)(?:\(uid=(?<by_uid>\d+)\))?$/,
    says: { action: 'session_opened' },
  },
  { sentence: /^session closed for user (?<user>\S+)$/, says: { action: 'session_closed' } },
  { sentence: /^password changed for (?<user>\S+)$/, says: { action: 'password_changed' } },
  {
    sentence: /^user (?<user>.*?) \((?<uid>\d+)\) tally (?<tally>\d+), deny (?<deny>\d+)$/,
    says: { action: 'pam_locked' },
  },
  {
    sentence: /^Consecutive login failures for user (?<user>\S+) account temporarily locked$/,
    says: { action: 'pam_locked' },
  },
  { sentence: /^check pass; user unknown$/, says: { action: 'pam_user_unknown' } },
];

const MODULE = /^(?<pam_module>pam_\w+)\((?<pam_service>[^:)]*):(?<pam_type>\w+)\): (?<rest>.*)$/s;
/** Linux-PAM before 0.99 wrote the module behind the program: `sshd(pam_unix)[123]:`. */
const OLD_MODULE = /\((pam_\w+)\)$/;

/** sshd's summary of the PAM failures that it did not print singly. */
const MORE_FAILURES =
  /^PAM (?<more>\d+) more authentication failures?; logname=(?<logname>\S*) uid=(?<uid>\d*) euid=(?<euid>\d*) tty=(?<tty>\S*) ruser=(?<ruser>.*?) rhost=(?<rhost>\S*)(?: +user=(?<user>.*))?$/;

/** Reads what a PAM module says in any program's name; false when it is no such message. */
export function readPam(program: string, message: string, fields: Fields): boolean {
  const module = MODULE.exec(message)?.groups;
  const old = OLD_MODULE.exec(program)?.[1];
  if (module) {
    fields['pam_module'] = module['pam_module'];
    fields['pam_service'] = module['pam_service'];
    fields['pam_type'] = module['pam_type'];
  } else if (old !== undefined) {
    fields['pam_module'] = old;
    fields['pam_service'] = program.slice(0, program.indexOf('('));
  } else {
    return (
      readMessage([{ sentence: MORE_FAILURES, says: { action: 'pam_failed' } }], message, fields) && addAddress(fields)
    );
  }
  readMessage(PATTERNS, module?.['rest'] ?? message, fields);
  return addAddress(fields);
}

/** PAM's rhost is what others call the source. */
function addAddress(fields: Fields): true {
  if (fields['rhost'] !== undefined) fields['src_ip'] = fields['rhost'];
  return true;
}
