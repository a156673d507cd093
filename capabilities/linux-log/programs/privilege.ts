import type { Fields } from '@yuheng/engine';
import { readMessage, type MessagePattern } from './message-pattern.ts';

/** `alice : <why not> ; TTY=… ; PWD=… ; USER=… ; COMMAND=…` (sudo's log_format=sudo). */
const SUDO =
  /^\s*(?<user>\S+) : (?:(?<reason>[^;=]*?) ; )?(?=(?:HOST|TTY|PWD|USER|GROUP|CHROOT|ENV|COMMAND|TSID)=)(?<pairs>.*)$/s;
const PAIR = /(?:^| ; )(HOST|TTY|CHROOT|PWD|USER|GROUP|TSID|ENV)=(.*?)(?= ; [A-Z]+=|$)/gs;
const COMMAND = /(?:^| ; )COMMAND=(.*)$/s;

/** Reads sudo's log line: fields by sudo's own names, `user` who asked, `action` command or refused. */
export function readSudo(message: string, fields: Fields): boolean {
  const groups = SUDO.exec(message)?.groups;
  if (!groups) return false;
  const pairs = groups['pairs']!;
  const command = COMMAND.exec(pairs);
  fields['user'] = groups['user'];
  for (const [, name, value] of pairs.slice(0, command?.index ?? pairs.length).matchAll(PAIR)) fields[name!] = value;
  if (command) fields['COMMAND'] = command[1];
  if (groups['reason'] !== undefined) fields['reason'] = groups['reason'];
  fields['action'] = groups['reason'] === undefined ? 'command' : 'refused';
  return true;
}

const SU: readonly MessagePattern[] = [
  { sentence: /^\(to (?<target_user>\S+)\) (?<user>\S+) on (?<tty>\S+)$/, says: { action: 'switched' } },
  { sentence: /^Successful su for (?<target_user>\S+) by (?<user>\S+)$/, says: { action: 'switched' } },
  { sentence: /^\+ (?<tty>\S+) (?<user>[^\s:]+)[:-](?<target_user>\S+)$/, says: { action: 'switched' } },
  { sentence: /^FAILED su for (?<target_user>\S+) by (?<user>\S+)$/, says: { action: 'refused' } },
  { sentence: /^FAILED SU \(to (?<target_user>\S+)\) (?<user>\S+) on (?<tty>\S+)$/, says: { action: 'refused' } },
  { sentence: /^- (?<tty>\S+) (?<user>[^\s:]+)[:-](?<target_user>\S+)$/, says: { action: 'refused' } },
];

/** Reads what su says (shadow and util-linux). */
export function readSu(message: string, fields: Fields): boolean {
  return readMessage(SU, message, fields);
}

const PKEXEC: readonly MessagePattern[] = [
  {
    sentence:
      /^(?<user>[^\s:]+): (?<reason>.*?) ?\[USER=(?<USER>[^\]]{0,64})\] \[TTY=(?<TTY>[^\]]{0,64})\] \[CWD=(?<PWD>[^\]]{0,4096})\] \[COMMAND=(?<COMMAND>.*)\]$/s,
    says: { action: 'pkexec' },
  },
];

/** Reads what polkit's pkexec says. */
export function readPkexec(message: string, fields: Fields): boolean {
  return readMessage(PKEXEC, message, fields);
}
