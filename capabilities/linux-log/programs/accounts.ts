import type { MessagePattern } from './message-pattern.ts';

/** What shadow's tools say: useradd, usermod, userdel, groupadd, gpasswd, passwd, chage … */
export const ACCOUNTS: readonly MessagePattern[] = [
  {
    sentence:
      /^new user: name=(?<user>[^,]*), UID=(?<UID>\d+), GID=(?<GID>\d+), home=(?<home>[^,]*), shell=(?<shell>[^,]*)(?:, from=(?<from>.*))?$/,
    says: { action: 'user_added' },
  },
  { sentence: /^new group: name=(?<group>[^,]*), GID=(?<GID>\d+)$/, says: { action: 'group_added' } },
  { sentence: /^add '(?<user>[^']*)' to (?:shadow )?group '(?<group>[^']*)'$/, says: { action: 'member_added' } },
  {
    sentence: /^(?:user|members?) (?<user>\S+) added by (?<by>\S+) to group (?<group>\S+)$/,
    says: { action: 'member_added' },
  },
  {
    sentence: /^delete '(?<user>[^']*)' from (?:shadow )?group '(?<group>[^']*)'$/,
    says: { action: 'member_removed' },
  },
  { sentence: /^delete user '(?<user>[^']*)'$/, says: { action: 'user_deleted' } },
  {
    sentence: /^change user '(?<user>[^']*)' (?<what>\S+) from '(?<old>[^']*)' to '(?<new>[^']*)'$/,
    says: { action: 'user_changed' },
  },
  { sentence: /^change user '(?<user>[^']*)' password$/, says: { action: 'password_changed' } },
  {
    sentence: /^password for '?(?<user>[^'\s]+)'? changed by '?(?<by>[^'\s]+)'?$/,
    says: { action: 'password_changed' },
  },
  { sentence: /^lock user '(?<user>[^']*)' password$/, says: { action: 'user_locked' } },
  { sentence: /^unlock user '(?<user>[^']*)' password$/, says: { action: 'user_unlocked' } },
  { sentence: /^(?:removed group|group) '(?<group>[^']*)' removed$/, says: { action: 'group_deleted' } },
];
