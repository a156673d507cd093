import type { MessagePattern } from './message-pattern.ts';

/** What Proxmox VE's daemons say. */
export const PROXMOX: readonly MessagePattern[] = [
  {
    sentence:
      /^authentication failure; rhost=(?<src_ip>\S+) user=(?<user>[^@\s]*)(?:@(?<realm>\S+))? msg=(?<reason>.*)$/,
    says: { action: 'failed' },
  },
  {
    sentence: /^<[^>]*> successful auth for user '(?<user>[^'@]*)(?:@(?<realm>[^']*))?'$/,
    says: { action: 'accepted' },
  },
];

/** What dovecot says of logins. The reason is cut at the counts, which follow it in brackets. */
export const DOVECOT: readonly MessagePattern[] = [
  {
    sentence:
      /^(?<protocol>\w+)-login: (?:Info: )?Login: user=<(?<user>[^>]*)>(?:, method=(?<auth_method>[^,]+))?, rip=(?<src_ip>[^,]+), lip=(?<dst_ip>[^,]+)/,
    says: { action: 'accepted' },
  },
  {
    sentence:
      /^(?<protocol>\w+)-login: (?:Info: )?(?<reason>(?:Disconnected|Aborted login)[^(]{0,256}?) ?\((?<result>auth failed, [^)]{0,128}|no auth attempts[^)]{0,128}|[^)]{0,128})\): user=<(?<user>[^>]*)>(?:, method=(?<auth_method>[^,]+))?, rip=(?<src_ip>[^,]+), lip=(?<dst_ip>[^,]+)/,
    says: { action: 'auth_abandoned' },
  },
  {
    sentence:
      /^auth(?:-worker)?(?:\(\d+\))?: (?:Info: )?(?:conn unix:auth-worker \([^)]{0,64}\): auth-worker<\d+>: )?(?<backend>[\w-]{1,32})\((?<user>[^,)]*),(?<src_ip>[^,)]+)(?:,<[^>]*>)?\): (?<reason>.*)$/,
    says: { action: 'failed' },
  },
];

/** What the web interfaces of pfSense and OPNsense say. */
export const FIREWALL_GUI: readonly MessagePattern[] = [
  {
    sentence:
      /^\/index\.php: (?:webConfigurator|Web GUI) authentication error for (?:user )?'(?<user>[^']*)' from:? (?<src_ip>\S+)$/,
    says: { action: 'failed' },
  },
];

/** What the honeypot cowrie says of connections. */
export const COWRIE: readonly MessagePattern[] = [
  {
    sentence:
      /\bNew connection: (?<src_ip>[0-9a-fA-F.:]+):(?<src_port>\d+) \((?<dst_ip>[0-9a-fA-F.:]+):(?<dst_port>\d+)\) \[session: (?<session>\w+)\]$/,
    says: { action: 'connection' },
  },
];
