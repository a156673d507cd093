import type { MessagePattern } from './message-pattern.ts';

/**
 * What sshd says (OpenSSH 4 to 10: auth.c, packet.c, session.c, sshd.c).
 *
 * A client chooses the user name, so names may hold blanks and whole false sentences; the address that sshd itself
 * appends is the last one, which is why the name is read greedily and sentences are anchored at both ends.
 */
export const SSHD: readonly MessagePattern[] = [
  {
    sentence:
      /^Accepted (?<auth_method>\S+) for (?<user>.*) from (?<src_ip>\S+) port (?<src_port>\d+)(?: ssh\d)?(?:: (?<key>.*))?$/,
    says: { action: 'accepted' },
  },
  {
    sentence:
      /^Failed (?<auth_method>\S+) for (?:(?<invalid_user>invalid user|illegal user) )?(?<user>.*) from (?<src_ip>\S+) port (?<src_port>\d+)(?: ssh\d)?(?:: (?<key>.*))?$/,
    says: { action: 'failed' },
  },
  {
    sentence: /^(?:Invalid|Illegal) user (?<user>.*) from (?<src_ip>\S+?)(?: port (?<src_port>\d+))?$/,
    says: { action: 'invalid_user', invalid_user: 'invalid user' },
  },
  {
    sentence:
      /^(?:Disconnected from|Connection (?:closed|reset) by|Disconnecting) (?:(?<invalid_user>invalid user)|authenticating user) (?<user>.*) (?<src_ip>\S+) port (?<src_port>\d+)(?:: .*)?(?: \[preauth\])?$/,
    says: { action: 'auth_abandoned' },
  },
  {
    sentence:
      /^(?:error: )?maximum authentication attempts exceeded for (?:(?<invalid_user>invalid user) )?(?<user>.*) from (?<src_ip>\S+) port (?<src_port>\d+)(?: ssh\d)?(?: \[preauth\])?$/,
    says: { action: 'too_many_failures' },
  },
  {
    sentence: /^User (?<user>.*) from (?<src_ip>\S+) not allowed because (?<reason>.*)$/,
    says: { action: 'denied' },
  },
  { sentence: /^refused connect from (?<src_host>\S+) \((?<src_ip>[^)]+)\)$/, says: { action: 'refused' } },
  {
    sentence: /^Disconnected from (?:user (?<user>.*) )?(?<src_ip>\S+) port (?<src_port>\d+)(?: \[preauth\])?$/,
    says: { action: 'disconnected' },
  },
  {
    sentence:
      /^(?:error: )?Received disconnect from (?<src_ip>[0-9a-fA-F.:]+?)(?: port (?<src_port>\d+):|: )(?<code>\d+): (?<reason>.*?)(?: \[preauth\])?$/,
    says: { action: 'disconnected' },
  },
  {
    sentence: /^Connection (?:closed|reset) by (?<src_ip>\S+?)(?: port (?<src_port>\d+))?(?: \[preauth\])?$/,
    says: { action: 'connection_closed' },
  },
  {
    sentence:
      /^Connection from (?<src_ip>\S+) port (?<src_port>\d+)(?: on (?<dst_ip>\S+) port (?<dst_port>\d+))?(?: .*)?$/,
    says: { action: 'connection' },
  },
  {
    sentence: /^Did not receive identification string from (?<src_ip>\S+?)(?: port (?<src_port>\d+))?$/,
    says: { action: 'no_identification' },
  },
  {
    sentence: /^banner exchange: Connection from (?<src_ip>\S+) port (?<src_port>\d+): (?<reason>.*)$/,
    says: { action: 'bad_banner' },
  },
  {
    sentence: /^Bad protocol version identification '(?<banner>.*)' from (?<src_ip>\S+?)(?: port (?<src_port>\d+))?$/,
    says: { action: 'bad_banner' },
  },
  {
    sentence: /^(?:fatal: )?Unable to negotiate with (?<src_ip>\S+) port (?<src_port>\d+): (?<reason>.*)$/,
    says: { action: 'no_common_algorithm' },
  },
  {
    sentence:
      /^reverse mapping checking getaddrinfo for (?<src_host>\S+) \[(?<src_ip>[^\]]+)\] failed(?: - POSSIBLE BREAK-IN ATTEMPT!)?$/,
    says: { action: 'reverse_mapping_failed' },
  },
  {
    sentence: /^Address (?<src_ip>\S+) maps to (?<src_host>\S+), but this does not map back to the address/,
    says: { action: 'reverse_mapping_failed' },
  },
  {
    sentence:
      /^(?:Starting session: (?<session_type>.*?) for|Close session: user) (?<user>.*) from (?<src_ip>\S+) port (?<src_port>\d+) id (?<channel>\d+)$/,
    says: { action: 'channel' },
  },
  { sentence: /^subsystem request for (?<subsystem>\S+) by user (?<user>\S+)$/, says: { action: 'subsystem' } },
  { sentence: /^Server listening on (?<dst_ip>\S+) port (?<dst_port>\d+)\.$/, says: { action: 'listening' } },
];
