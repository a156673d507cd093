import { existsSync, readFileSync } from 'node:fs';
import { LANGUAGES, LEVELS } from '@yuheng/engine';
import { load } from 'js-yaml';
import { z } from 'zod';
import { DECOY_SOURCE } from '../decoys/touch-queue.ts';
import { ServerError } from '../server-error.ts';
import { durationOrOff } from './duration.ts';

/** Mailboxes that get every notice. */
const MAX_RECIPIENTS = 100;

const tenant = z.string().default('default');
const port = z.number().int().min(0).max(65_535);

const follow = z.strictObject({
  follow: z.union([z.string(), z.array(z.string()).min(1)]).transform((paths) => [paths].flat()),
  source: z.string().min(1).max(200).optional(),
  tenant,
});
const syslog = z.strictObject({
  syslog: z.strictObject({ host: z.string().default('127.0.0.1'), udp: port.optional(), tcp: port.optional() }),
  source: z.string().min(1).max(200).default('syslog'),
  tenant,
});
const journald = z.strictObject({
  journald: z.literal(true),
  command: z.string().default('journalctl'),
  source: z.string().min(1).max(200).default('journald-export'),
  tenant,
});

/** Kept for a quarter, and never until the disk is full. */
const retention = z.strictObject({
  days: z.number().int().min(1).max(36_500).default(90),
  diskPercent: z.number().min(1).max(100).default(80),
});

/** An address of one of these protocols without a password: that would be written where anybody reads it. */
const address = (protocols: readonly string[], example: string) =>
  z.string().refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url !== undefined && protocols.includes(url.protocol) && url.hostname !== '' && url.password === '';
  }, `expected an address like ${example}, without a password`);
const httpAddress = (example: string) =>
  address(['http:', 'https:'], example).refine((text) => !text.includes('@'), 'expected no user in the address');
const mailbox = z
  .string()
  .max(320)
  .regex(/^[^\r\n,;]*[^\s@<]@[^\s@>]+>?$/, 'expected one mailbox like soc@example.org');

/** Whom to tell of incidents outside of the console. */
const notices = z.strictObject({
  severity: z.enum(LEVELS).default('high'),
  language: z.enum(LANGUAGES).default('en'),
  console: httpAddress('https://yuheng.example.org').optional(),
  webhook: z
    .strictObject({ url: httpAddress('https://example.org/hook'), secretFile: z.string().min(1).optional() })
    .optional(),
  mail: z
    .strictObject({
      url: address(['smtp:', 'smtps:'], 'smtps://user@mail.example.org:465'),
      passwordFile: z.string().min(1).optional(),
      from: mailbox,
      to: z.union([mailbox.transform((one) => [one]), z.array(mailbox).min(1).max(MAX_RECIPIENTS)]),
    })
    .optional(),
});

/** When a source that sends nothing counts as silent. That nobody touches a decoy is as it should be. */
const silence = z
  .strictObject({ after: durationOrOff.prefault('1h'), sources: z.record(z.string(), durationOrOff).default({}) })
  .transform(({ after, sources }) => ({
    afterMs: after,
    sources: new Map([[DECOY_SOURCE, undefined], ...Object.entries(sources)]),
  }));

const decoyPlace = z.union([z.string(), port]).transform(String);
const bytes = z
  .number()
  .int()
  .min(1_024)
  .max(2 ** 40);

/** What flags and variables say of the server, for where they say nothing. */
const server = z.strictObject({
  host: z.string().optional(),
  port: port.optional(),
  behindProxy: z.boolean().optional(),
  rules: z.array(z.string()).optional(),
  placeholders: z.string().optional(),
  timezone: z.string().optional(),
  decoyHttp: decoyPlace.optional(),
  decoySsh: decoyPlace.optional(),
  maxRecordBytes: bytes.optional(),
  maxBodyBytes: bytes.optional(),
  maxPendingBytes: bytes.optional(),
  minFreeBytes: bytes.optional(),
});

const schema = z.strictObject({
  server: server.prefault({}),
  sources: z.array(z.union([follow, syslog, journald])).default([]),
  retention: retention.prefault({}),
  notices: notices.prefault({}),
  silence: silence.prefault({}),
});

/** What `yuheng.yaml` says. */
export type ServerConfig = z.infer<typeof schema>;

/** What a file says, and with the defaults for what it leaves out. */
export interface ReadConfig {
  readonly given: { readonly [section: string]: unknown };
  readonly config: ServerConfig;
}

/** Reads `yuheng.yaml`; none is an empty one. */
export function readConfig(path: string): ReadConfig {
  const given = existsSync(path) ? readYaml(path) : {};
  const read = schema.safeParse(given);
  if (read.success) return { given, config: read.data };
  throw wrong(path, z.prettifyError(read.error));
}

function readYaml(path: string): ReadConfig['given'] {
  try {
    return (load(readFileSync(path, 'utf8')) ?? {}) as ReadConfig['given'];
  } catch (error) {
    throw wrong(path, (error as Error).message);
  }
}

function wrong(path: string, why: string): ServerError {
  return new ServerError(400, 'YH-CONFIG', {
    en: `${path} is not understood: ${why}. It holds \`server: {host, port, behindProxy, rules, placeholders, timezone, decoyHttp, decoySsh, maxRecordBytes, maxBodyBytes, maxPendingBytes, minFreeBytes}\`; \`sources\`: a list of \`follow: <path>\`, \`syslog: {udp, tcp, host}\` and \`journald: true\`; \`retention: {days, diskPercent}\`; \`silence: {after, sources}\`; and \`notices: {severity, language, console, webhook: {url, secretFile}, mail: {url, passwordFile, from, to}}\`.`,
    'zh-CN': `无法理解 ${path}：${why}。文件应包含 \`server: {host, port, behindProxy, rules, placeholders, timezone, decoyHttp, decoySsh, maxRecordBytes, maxBodyBytes, maxPendingBytes, minFreeBytes}\`；\`sources\`：由 \`follow: <路径>\`、\`syslog: {udp, tcp, host}\` 和 \`journald: true\` 组成的列表；\`retention: {days, diskPercent}\`；\`silence: {after, sources}\`；以及 \`notices: {severity, language, console, webhook: {url, secretFile}, mail: {url, passwordFile, from, to}}\`。`,
  });
}
