import type { Fields } from '@yuheng/engine';

/** Columns of pf's filterlog up to the IP version: https://docs.netgate.com/pfsense/en/latest/monitoring/logs/raw-filter-format.html */
const COMMON = ['rule', 'sub_rule', 'anchor', 'tracker', 'iface', 'reason', 'pf_action', 'direction', 'ip_ver'];
const IPV4 = ['tos', 'ecn', 'ttl', 'id', 'offset', 'flags', 'proto_id', 'proto', 'length', 'src_ip', 'dst_ip'];
const IPV6 = ['class', 'flow_label', 'hop_limit', 'proto', 'proto_id', 'length', 'src_ip', 'dst_ip'];
const TCP = ['src_port', 'dst_port', 'data_length', 'tcp_flags', 'seq', 'ack', 'window', 'urg', 'tcp_options'];
const UDP = ['src_port', 'dst_port', 'data_length'];

/** Reads a line of pf's filterlog (pfSense, OPNsense). */
export function readFilterlog(message: string, fields: Fields): void {
  const values = message.split(',', COMMON.length + IPV4.length + TCP.length);
  const version = values[COMMON.length - 1];
  if (version !== '4' && version !== '6') return;
  const head = [...COMMON, ...(version === '4' ? IPV4 : IPV6)];
  const protocol = values[head.indexOf('proto')]?.toLowerCase();
  const columns = [...head, ...(protocol === 'tcp' ? TCP : protocol === 'udp' ? UDP : [])];
  for (const [index, name] of columns.entries()) {
    const value = values[index];
    if (value !== undefined && value !== '') fields[name] = value;
  }
  fields['action'] = fields['pf_action'] === 'pass' ? 'allowed' : 'blocked';
}
