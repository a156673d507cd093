import { isIP } from 'node:net';
import type { Fields } from '@yuheng/engine';
import { readMessage, type MessagePattern } from './message-pattern.ts';

/** `[12345.678901] ` before kernel messages. */
const UPTIME = /^\[ *(\d+\.\d+)\] ?/;

const PATTERNS: readonly MessagePattern[] = [
  {
    sentence:
      /^(?<comm>.{1,16})\[(?<comm_pid>\d+)\]: segfault at (?<addr>[0-9a-f]+) ip (?<ip>[0-9a-f]+) sp (?<sp>[0-9a-f]+) error (?<error>[0-9a-f]+)(?: in (?<library>[^[\s]+)\[(?<library_offset>[0-9a-f+]+)\])?/,
    says: { action: 'segfault' },
  },
  {
    sentence: /^(?<module>\S+): loading out-of-tree module taints kernel\.?$/,
    says: { action: 'module_out_of_tree' },
  },
  {
    sentence: /^(?<module>\S+): module verification failed: signature and\/or required key missing/,
    says: { action: 'module_unsigned' },
  },
  { sentence: /^(?:device )?(?<device>\S+?):? entered promiscuous mode$/, says: { action: 'promiscuous' } },
];

/** Netfilter's LOG target: `prefix IN=… OUT=… … SRC=… DST=…`. */
const NETFILTER = /(?:^|[^A-Za-z0-9])IN=\S{0,64} OUT=\S{0,64} /;
const PAIR = /(?:^| )([A-Z][A-Z0-9]{0,15})=(\S{0,256})/g;

/** What all packet filters tell. */
const COMMON_NAMES = [
  ['SRC', 'src_ip'],
  ['DST', 'dst_ip'],
  ['SPT', 'src_port'],
  ['DPT', 'dst_port'],
  ['PROTO', 'proto'],
  ['IN', 'iface'],
  ['LEN', 'length'],
] as const;

/** Reads a kernel message. Netfilter's pairs keep the names they have there; `log_type` becomes `packet`. */
export function readKernel(message: string, fields: Fields): void {
  const uptime = UPTIME.exec(message);
  const said = uptime ? message.slice(uptime[0].length) : message;
  if (uptime) fields['uptime'] = uptime[1];
  if (!readNetfilter(said, fields)) readMessage(PATTERNS, said, fields);
}

function readNetfilter(said: string, fields: Fields): boolean {
  const start = NETFILTER.exec(said);
  if (!start) return false;
  const packet = said.indexOf('IN=', start.index);
  const pairs = new Map<string, string>();
  for (const [, name, value] of said.slice(packet).matchAll(PAIR)) if (!pairs.has(name!)) pairs.set(name!, value!);
  if (isIP(pairs.get('SRC') ?? '') === 0) return false;
  for (const [name, value] of pairs) fields[name] = value;
  for (const [name, common] of COMMON_NAMES) if (pairs.has(name)) fields[common] = pairs.get(name);
  const prefix = said.slice(0, packet).trim();
  if (prefix !== '') fields['prefix'] = prefix;
  fields['log_type'] = 'packet';
  fields['action'] = netfilterAction(prefix);
  return true;
}

/** Only the prefix, which the administrator chose, says what became of the packet. */
function netfilterAction(prefix: string): string {
  if (/DROP|DENY|BLOCK|REJECT|INVALID/i.test(prefix)) return 'blocked';
  return /ACCEPT|ALLOW|PASS/i.test(prefix) ? 'allowed' : 'logged';
}
