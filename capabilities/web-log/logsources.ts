import type { LogsourceCondition, LogsourceEntry } from '@yuheng/engine';

/** Everything that this capability reads. */
const WEB = ['web-access', 'iis-w3c', 'web-error'];

/** Names of Sigma's proxy taxonomy, and of rules that write IIS's own column names, for the names that these records carry. */
const NAMES = {
  'c-uri': 'cs-uri',
  'c-uri-query': 'cs-uri-query',
  'c-uri-stem': 'cs-uri-stem',
  'c-uri-extension': 'cs-uri-extension',
  'c-useragent': 'cs-user-agent',
  'cs-useragent': 'cs-user-agent',
  'cs(User-Agent)': 'cs-user-agent',
  'cs(Referer)': 'cs-referer',
  'cs-referrer': 'cs-referer',
  'cs(Cookie)': 'cs-cookie',
  'r-dns': 'cs-host',
  src_ip: 'c-ip',
  dst_ip: 's-ip',
  dst_port: 's-port',
};

function about(fields: LogsourceCondition['fields'], source = WEB): LogsourceCondition {
  return { source, aliases: NAMES, ...(fields ? { fields } : {}) };
}

/** A server's own error log, and access logs, which do not say whether Apache or nginx wrote them. */
function server(software: string): LogsourceCondition[] {
  return [about({ software: [software] }), about({ log_type: ['access'] }, ['web-access', 'web-error'])];
}

/**
 * Which records answer a rule's logsource. `proxy` is about clients that go out, so only requests in a proxy's form (CONNECT, or a whole
 * URL as target) answer it.
 */
export const logsources: readonly LogsourceEntry[] = [
  { category: 'webserver', where: [about(undefined)] },
  { category: 'proxy', where: [about({ log_type: ['access'], request_form: ['proxy'] })] },
  ...['apache', 'nginx'].flatMap((name) => [
    { service: name, where: server(name) },
    { product: name, where: server(name) },
  ]),
  { service: 'iis', where: [about(undefined, ['iis-w3c'])] },
];
