import type { Record } from '@yuheng/engine';

/** Reads out of a record what an assertion names; a number is a time in milliseconds. */
export type Reading = (record: Record) => unknown;

/** CrowdSec writes `-` for what a log line leaves out. */
const field =
  (...names: readonly string[]): Reading =>
  ({ fields }) =>
    names.map((name) => fields[name]).find((value) => value !== undefined) ?? '-';

const first = (value: unknown): string => String([value].flat()[0] ?? '');
/** What was asked for: CrowdSec takes a broken request line for the path, and leaves the query out for nginx's access log. */
const target: Reading = ({ fields }) => fields['request'] ?? first(fields['cs-uri']);
const version: Reading = ({ fields }) => String(fields['cs-version'] ?? '').replace('HTTP/', '');
const method = field('cs-method');
const agent = field('cs-user-agent');
const status = field('sc-status');
const client = field('c-ip');
const host = field('cs-host', 'server');
const time: Reading = (record) => record.time.ms;
const bytes: Reading = ({ fields }) => fields['sc-bytes'] ?? '0';

/** CrowdSec's path in its pieces (`http-logs` of its second stage). */
const query: Reading = (record) => {
  const uri = String(target(record));
  return uri.includes('?') ? uri.slice(uri.indexOf('?') + 1) : '';
};
const path: Reading = (record) => String(target(record)).split('?')[0];
const fileName: Reading = (record) => String(path(record)).slice(String(path(record)).lastIndexOf('/') + 1);
const extension: Reading = (record) => /\.[^.]*$/.exec(String(fileName(record)))?.[0] ?? '';

const LABELS: { readonly [word: string]: (record: Record) => boolean } = {
  'http_access-log': ({ fields }) => fields['log_type'] === 'access',
  'http_error-log': ({ fields }) => fields['log_type'] === 'error',
  http: () => true,
  auth_fail: ({ fields }) => fields['error_code'] === 'AH01618',
  req_limit_exceeded: ({ fields }) => String(fields['message']).startsWith('limiting requests'),
  ssl_handshake_stopped: ({ fields }) => fields['error_code'] === 'AH02006',
};

/** CrowdSec's word where the record is of the kind that it stands for. */
export function labelOf(word: string, record: Record): string | undefined {
  return LABELS[word]?.(record) ? word : undefined;
}

/** What CrowdSec's names are called here. */
export const NAMES: { readonly [name: string]: Reading } = {
  message: ({ raw }) => raw,
  source_ip: client,
  remote_addr: client,
  clientip: client,
  client,
  clientport: field('c-port'),
  remote_user: field('cs-username'),
  auth: field('cs-username'),
  username: field('cs-username'),
  ident: field('ident'),
  request: target,
  http_path: target,
  target_uri: target,
  verb: method,
  http_verb: method,
  http_version: version,
  httpversion: version,
  status,
  response: status,
  http_status: status,
  body_bytes_sent: bytes,
  bytes,
  http_referer: field('cs-referer'),
  referrer: field('cs-referer'),
  http_user_agent: agent,
  target_fqdn: host,
  server_name: host,
  port: field('s-port'),
  time_local: time,
  timestamp: time,
  time,
  MarshaledTime: time,
  pid: field('pid'),
  tid: field('tid'),
  cid: field('connection'),
  loglevel: field('level'),
  module: field('module'),
  errorcode: field('error_code'),
  proxy_errorcode: field('os_error'),
  proxy_errormessage: field('os_error_text'),
  http_args: query,
  http_args_len: (record) => String(query(record)).length,
  file_name: fileName,
  file_frag: (record) => String(fileName(record)).replace(/\.[^.]*$/, ''),
  file_ext: extension,
  file_dir: (record) => String(path(record)).slice(0, String(path(record)).lastIndexOf('/') + 1),
  static_ressource: (record) => /^\.(?:jpe?g|gif|png|ico|css|js|woff2?|svg|ttf|webp)$/i.test(String(extension(record))),
  impact_completion: ({ fields }) => !/^(?:404|403|502)$/.test(String(fields['sc-status'])),
};
