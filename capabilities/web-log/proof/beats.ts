import type { Record } from '@yuheng/engine';
import { corpusFile, recordsOf, sourceOf } from './corpus.ts';
import type { Miss } from './misses.ts';

const SUITES = [
  'apache2/access',
  'apache2/error',
  'nginx/access',
  'nginx/error',
  'iis/access',
  'iis/error',
  'traefik/access',
];

const field =
  (...names: readonly string[]) =>
  ({ fields }: Record): unknown =>
    [names.map((name) => fields[name]).find((value) => value !== undefined) ?? '-'].flat()[0];

/** Filebeat's names (2018, before ECS) without module and fileset, in our fields. */
const NAMES: { readonly [name: string]: (record: Record) => unknown } = {
  '@timestamp': ({ time }) => new Date(time.ms).toISOString(),
  remote_ip: field('c-ip'),
  client: field('c-ip'),
  remote_port: field('c-port'),
  server_ip: field('s-ip'),
  server_port: field('s-port'),
  port: field('s-port'),
  user_name: field('cs-username'),
  method: field('cs-method'),
  url: field('cs-uri-stem'),
  query_string: ({ fields }) => (String(fields['cs-uri']).includes('?') ? [fields['cs-uri-query']].flat()[0] : '-'),
  http_version: ({ fields }) => String(fields['cs-version']).replace('HTTP/', ''),
  response_code: field('sc-status'),
  'body_sent.bytes': field('sc-bytes'),
  'body_received.bytes': field('cs-bytes'),
  referrer: field('cs-referer'),
  'user_agent.original': field('cs(User-Agent)', 'cs-user-agent'),
  cookie: field('cs(Cookie)'),
  hostname: field('cs-host'),
  site_name: field('s-sitename'),
  server_name: field('s-computername'),
  sub_status: field('sc-substatus'),
  win32_status: field('sc-win32-status'),
  request_time_ms: field('time-taken'),
  reason_phrase: field('s-reason'),
  queue_name: field('s-queuename'),
  level: field('level'),
  module: field('module'),
  pid: field('pid'),
  tid: field('tid'),
  connection_id: field('connection'),
  message: field('message'),
};

/** Every field of Filebeat's expected events that has a name here, and those that differ. */
export async function runBeats(): Promise<{ asserted: number; misses: Miss[] }> {
  const misses: Miss[] = [];
  let asserted = 0;
  for (const suite of SUITES) {
    const name = suite === 'nginx/error' ? 'error' : 'test';
    const bytes = corpusFile(`logs/beats/${suite}/test/${name}.log`);
    const { records } = await recordsOf(bytes, sourceOf(bytes)!);
    const expected = JSON.parse(
      corpusFile(`logs/beats/${suite}/test/${name}.log-expected.json`).toString(),
    ) as Fields[];
    for (const [index, event] of expected.entries()) {
      for (const [long, value] of Object.entries(event)) {
        const short = long.split('.').slice(2).join('.') || long;
        const reading = NAMES[short];
        if (!reading || (short === 'module' && long.startsWith('event.'))) continue;
        asserted++;
        const found = records[index] && reading(records[index]);
        if (String(found) !== String(value))
          misses.push({ test: suite, name: long, expected: String(value), found: String(found) });
      }
    }
  }
  return { asserted, misses };
}

type Fields = { readonly [name: string]: unknown };
