import { resolve } from 'node:path';
import type { Command } from 'commander';
import { isZone, type Language } from '@yuheng/engine';
import {
  isLoopback,
  ndjsonLog,
  SERVER_LIMITS,
  startServer,
  type RunningServer,
  type ServerLimits,
} from '@yuheng/server';
import { YuhengError } from '../errors.ts';
import { wholeNumber, wrongFlag } from '../flags.ts';
import { readPlaceholders } from '../hunt/placeholders.ts';
import { readRuleTexts } from '../hunt/rules.ts';
import { version } from '../version.ts';
import { lakeEntry } from './lake-entry.ts';
import { settle } from './settings.ts';

/** Flags as typed. */
export interface ServeFlags {
  readonly data: string;
  readonly host: string;
  readonly port: string;
  readonly behindProxy?: boolean;
  readonly rules?: string[];
  readonly placeholders?: string;
  readonly timezone: string;
  readonly config?: string;
  readonly decoyHttp: string;
  readonly decoySsh: string;
  readonly maxRecordBytes?: string;
  readonly maxBodyBytes?: string;
  readonly maxPendingBytes?: string;
  readonly minFreeBytes?: string;
  readonly postgresUrl?: string;
  readonly clickhouseUrl?: string;
  readonly json?: boolean;
}

/** An orderly end takes at most so long, ms. */
const STOP_MS = 9_000;

/** `yuheng serve`: runs until it is told to stop. */
export async function serve(command: Command, language: Language): Promise<number> {
  const { flags, config } = settle(command);
  const { host, behindProxy = false, timezone } = flags;
  if (!isLoopback(host) && !behindProxy) throw new YuhengError('YH-OPEN-HOST', openHost(host));
  if (!isZone(timezone)) throw wrongFlag('--timezone', timezone, 'UTC, +08:00, Asia/Shanghai');
  const stopped = stopSignal();
  const dataFolder = resolve(flags.data);
  if (flags.json !== true) tellStart(dataFolder, language);
  const server = await startServer({
    dataFolder,
    postgresUrl: flags.postgresUrl,
    clickhouse: flags.clickhouseUrl === undefined ? undefined : clickhouse(flags.clickhouseUrl),
    lakeEntry: lakeEntry(),
    host,
    port: wholeNumber('--port', flags.port, 0, 65_535),
    behindProxy,
    rules: await readRuleTexts(flags.rules ?? [], true),
    placeholders: readPlaceholders(flags.placeholders),
    timezone,
    config,
    httpDecoy: decoyAddress('--decoy-http', flags.decoyHttp),
    sshDecoy: decoyAddress('--decoy-ssh', flags.decoySsh),
    version,
    limits: limits(flags),
    log: ndjsonLog((line) => process.stderr.write(line)),
  }).catch((error: unknown) => {
    throw startFailure(error, flags);
  });
  tellReady(server, flags.json === true, language);
  await stopped;
  const timer = setTimeout(() => process.kill(process.pid, 'SIGKILL'), STOP_MS);
  await server.stop();
  clearTimeout(timer);
  return 0;
}

/** A first start makes two databases: on a slow machine that takes half a minute. */
function tellStart(dataFolder: string, language: Language): void {
  const text = {
    en: `Yuheng ${version} starts; its data is in ${dataFolder} …`,
    'zh-CN': `玉衡 ${version} 正在启动，数据位于 ${dataFolder} …`,
  };
  process.stdout.write(`${text[language]}\n`);
}

function tellReady(server: RunningServer, json: boolean, language: Language): void {
  const { url, signIn, decoy, decoySsh } = server;
  if (json) {
    const decoys = { ...(decoy ? { decoy } : {}), ...(decoySsh ? { decoySsh } : {}) };
    return void process.stdout.write(`${JSON.stringify({ ready: true, url, signIn, ...decoys })}\n`);
  }
  const touch = `curl ${decoy}/.env`;
  const text = {
    en: `Yuheng is ready at ${url}
Sign in (once, within 15 minutes): ${signIn}
${decoy ? `See it work: type this in another window, and within seconds an incident is there:\n\n  ${touch}\n\n` : ''}${decoySsh ? `The SSH decoy waits at ${decoySsh}.\n` : ''}`,
    'zh-CN': `玉衡已就绪：${url}
登录链接（一次有效，15 分钟内）：${signIn}
${decoy ? `立即体验：在另一个窗口输入以下命令，几秒内即可看到安全事件：\n\n  ${touch}\n\n` : ''}${decoySsh ? `SSH 诱饵的地址：${decoySsh}\n` : ''}`,
  };
  process.stdout.write(text[language]);
}

/** Resolves when the process is asked to end. */
function stopSignal(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
}

/** `off`, a port on loopback, or an address with a port. */
function decoyAddress(flag: string, text: string): { host: string; port: number } | undefined {
  if (text === 'off') return undefined;
  const parts = /^(?:\[?([\w.:-]+?)\]?:)?(\d{1,5})$/.exec(text);
  if (!parts) throw wrongFlag(flag, text, 'off, 7421, 0.0.0.0:8080');
  return { host: parts[1] ?? '127.0.0.1', port: wholeNumber(flag, parts[2]!, 0, 65_535) };
}

function limits(flags: ServeFlags): ServerLimits {
  const bytes = (name: string, text: string | undefined, usual: number): number =>
    text === undefined ? usual : wholeNumber(name, text, 1_024, 2 ** 40);
  return {
    ...SERVER_LIMITS,
    maxRecordBytes: bytes('--max-record-bytes', flags.maxRecordBytes, SERVER_LIMITS.maxRecordBytes),
    maxBodyBytes: bytes('--max-body-bytes', flags.maxBodyBytes, SERVER_LIMITS.maxBodyBytes),
    maxPendingBytes: bytes('--max-pending-bytes', flags.maxPendingBytes, SERVER_LIMITS.maxPendingBytes),
    minFreeBytes: bytes('--min-free-bytes', flags.minFreeBytes, SERVER_LIMITS.minFreeBytes),
  };
}

function clickhouse(text: string) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw wrongFlag('--clickhouse-url', text, 'http://user:password@host:8123/database');
  return {
    url: url.origin,
    user: decodeURIComponent(url.username) || 'default',
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1) || 'default',
  };
}

function openHost(host: string) {
  return {
    en: `${host} can be reached by others, and this server speaks no TLS. Put a proxy that does in front of it and add --behind-proxy, or listen on 127.0.0.1.`,
    'zh-CN': `${host} 可被其他机器访问，而本服务器不使用 TLS。请在前面放置支持 TLS 的代理并加上 --behind-proxy，或监听 127.0.0.1。`,
  };
}

/** What the operating system says, in words that tell what to do. */
function startFailure(error: unknown, { host, port }: ServeFlags): unknown {
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
    return new YuhengError('YH-PORT-IN-USE', {
      en: `Port ${port} on ${host} is taken by another program. Stop that one, or give another port: --port 0 takes any.`,
      'zh-CN': `${host} 的端口 ${port} 已被其他程序占用。请停止该程序，或指定其他端口：--port 0 表示任意端口。`,
    });
  return error;
}
