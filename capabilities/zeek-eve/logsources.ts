import type { LogsourceCondition, LogsourceEntry } from '@yuheng/engine';
import { EVE_TYPES, ZEEK_STREAMS } from './sources/streams.ts';

const ZEEK = ['zeek-tsv', 'zeek-json'];
const EVE = ['suricata-eve'];

function zeek(path: string, aliases?: { readonly [field: string]: string }): LogsourceCondition {
  return { source: ZEEK, fields: { _path: [path] }, ...(aliases ? { aliases } : {}) };
}

function eve(type: string, aliases?: { readonly [field: string]: string }): LogsourceCondition {
  return { source: EVE, fields: { event_type: [type] }, ...(aliases ? { aliases } : {}) };
}

const ZEEK_ENDS = { src_ip: 'id.orig_h', src_port: 'id.orig_p', dst_ip: 'id.resp_h', dst_port: 'id.resp_p' };
const EVE_ENDS = { dst_ip: 'dest_ip', dst_port: 'dest_port' };

/** Sigma's taxonomy of DNS. */
const ZEEK_DNS = { ...ZEEK_ENDS, record_type: 'qtype_name', answer: 'answers', QueryName: 'query' };
const EVE_DNS = {
  ...EVE_ENDS,
  query: 'dns.rrname',
  record_type: 'dns.rrtype',
  answer: 'dns.rdata',
  QueryName: 'dns.rrname',
};

/** Sigma's taxonomy of proxies and web servers; a sensor's address has path and query together. */
const ZEEK_HTTP = {
  ...ZEEK_ENDS,
  'c-ip': 'id.orig_h',
  'c-uri': 'uri',
  'c-uri-query': 'uri',
  'c-uri-stem': 'uri',
  'cs-uri': 'uri',
  'cs-uri-query': 'uri',
  'cs-uri-stem': 'uri',
  'c-useragent': 'user_agent',
  'cs-user-agent': 'user_agent',
  'cs-host': 'host',
  'r-dns': 'host',
  'cs-method': 'method',
  'cs-referer': 'referrer',
  'cs-version': 'version',
  'sc-status': 'status_code',
};
const EVE_HTTP = {
  ...EVE_ENDS,
  'c-ip': 'src_ip',
  'c-uri': 'http.url',
  'c-uri-query': 'http.url',
  'c-uri-stem': 'http.url',
  'cs-uri': 'http.url',
  'cs-uri-query': 'http.url',
  'cs-uri-stem': 'http.url',
  'c-useragent': 'http.http_user_agent',
  'cs-user-agent': 'http.http_user_agent',
  'cs-host': 'http.hostname',
  'r-dns': 'http.hostname',
  'cs-method': 'http.http_method',
  'cs-referer': 'http.http_refer',
  'cs-version': 'http.protocol',
  'sc-status': 'http.status',
};

const HTTP = [zeek('http', ZEEK_HTTP), eve('http', EVE_HTTP)];

/** Which records answer a rule's logsource. A sensor sees requests of clients as a proxy does, and those to servers as a web server does. */
export const logsources: readonly LogsourceEntry[] = [
  { product: 'zeek', where: [{ source: ZEEK }] },
  ...ZEEK_STREAMS.map((service) => ({
    product: 'zeek',
    service,
    where: [zeek(service, service === 'http' ? ZEEK_HTTP : undefined)],
  })),
  { product: 'suricata', where: [{ source: EVE }] },
  ...EVE_TYPES.map((service) => ({ product: 'suricata', service, where: [eve(service)] })),
  { category: 'dns', where: [zeek('dns', ZEEK_DNS), eve('dns', EVE_DNS)] },
  { category: 'proxy', where: HTTP },
  { category: 'webserver', where: HTTP },
  { category: 'firewall', where: [zeek('conn', ZEEK_ENDS), eve('flow', EVE_ENDS), eve('drop', EVE_ENDS)] },
];
