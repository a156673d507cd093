import { existsSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { z } from 'zod';
import { ServerError } from '../server-error.ts';

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

const schema = z.strictObject({
  sources: z.array(z.union([follow, syslog, journald])).default([]),
  retention: retention.prefault({}),
});

/** What `yuheng.yaml` says. */
export type ServerConfig = z.infer<typeof schema>;

/** Reads `yuheng.yaml`; none is an empty one. */
export function readConfig(path: string): ServerConfig {
  if (!existsSync(path)) return schema.parse({});
  let text: unknown;
  try {
    text = load(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    throw wrong(path, (error as Error).message);
  }
  const read = schema.safeParse(text);
  if (read.success) return read.data;
  throw wrong(path, z.prettifyError(read.error));
}

function wrong(path: string, why: string): ServerError {
  return new ServerError(400, 'YH-CONFIG', {
    en: `${path} is not understood: ${why}. It holds \`sources\`: a list of \`follow: <path>\`, \`syslog: {udp, tcp, host}\` and \`journald: true\`; and \`retention: {days, diskPercent}\`.`,
    'zh-CN': `无法理解 ${path}：${why}。文件应包含 \`sources\`：由 \`follow: <路径>\`、\`syslog: {udp, tcp, host}\` 和 \`journald: true\` 组成的列表；以及 \`retention: {days, diskPercent}\`。`,
  });
}
