import { setTimeout as sleep } from 'node:timers/promises';
import { YuhengError } from '../errors.ts';

/** Attempts at a request that the server cannot take just now, and the longest pause between two, s. */
const ATTEMPTS = 60;
const LONGEST_PAUSE_S = 10;

/** What problem+json tells (RFC 9457). */
interface Problem {
  readonly code?: string;
  readonly detail?: string;
}

/** Talks to a server's API with the key in YUHENG_KEY. */
export class ApiClient {
  private readonly url: string;
  private readonly key: string;

  constructor(url: string) {
    if (!URL.canParse(url) || !/^https?:/.test(url)) throw badUrl(url);
    const key = process.env['YUHENG_KEY'];
    if (!key) throw new YuhengError('YH-NO-KEY', NO_KEY);
    this.url = url.replace(/\/$/, '');
    this.key = key;
  }

  /** Gives the JSON at a path. */
  async get(path: string): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.key}` };
    const response = await fetch(`${this.url}${path}`, { headers }).catch((error: unknown) => {
      throw unreachable(this.url, error);
    });
    if (!response.ok) throw await problemOf(response);
    return response.json();
  }

  /** Posts a body and gives the answer's JSON. What the server cannot take now is tried again: such requests must be repeatable. */
  async post(path: string, body: string | Uint8Array, headers: { readonly [name: string]: string }): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      const response = await this.fetch(path, body, headers).catch((error: unknown) => {
        if (attempt < ATTEMPTS && isBroken(error)) return undefined;
        throw unreachable(this.url, error);
      });
      if (response?.ok) return response.json();
      if (response && (!BUSY.has(response.status) || attempt >= ATTEMPTS)) throw await problemOf(response);
      const asked = Number(response?.headers.get('retry-after') ?? 1);
      await sleep(1000 * Math.min(LONGEST_PAUSE_S, Number.isFinite(asked) ? Math.max(0.2, asked) : 1));
    }
  }

  private fetch(
    path: string,
    body: string | Uint8Array,
    headers: { readonly [name: string]: string },
  ): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.key}`, ...headers },
      body: body as NonNullable<RequestInit['body']>,
    });
  }
}

const BUSY = new Set([429, 503]);

/** A connection that broke may come back; one that was refused from the start will not. */
function isBroken(error: unknown): boolean {
  const cause = (error as { readonly cause?: NodeJS.ErrnoException }).cause;
  return cause?.code === 'ECONNRESET' || cause?.code === 'UND_ERR_SOCKET' || cause?.code === 'EPIPE';
}

async function problemOf(response: Response): Promise<YuhengError> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const detail = problem.detail ?? `HTTP ${response.status}`;
  const code = problem.code?.startsWith('YH-') ? (problem.code as `YH-${string}`) : 'YH-SERVER';
  return new YuhengError(code, { en: detail, 'zh-CN': detail });
}

function unreachable(url: string, error: unknown): YuhengError {
  const why = (error as { readonly cause?: Error }).cause?.message ?? String(error);
  return new YuhengError('YH-UNREACHABLE', {
    en: `No server answers at ${url} (${why}). Start it with \`yuheng serve\`, or give its address with --url.`,
    'zh-CN': `${url} 处没有服务器响应（${why}）。请用 \`yuheng serve\` 启动，或用 --url 指定地址。`,
  });
}

function badUrl(url: string): YuhengError {
  return new YuhengError('YH-USAGE', {
    en: `--url does not take ${JSON.stringify(url)}. It takes an address like http://127.0.0.1:7420.`,
    'zh-CN': `--url 不接受 ${JSON.stringify(url)}。请给出类似 http://127.0.0.1:7420 的地址。`,
  });
}

const NO_KEY = {
  en: 'The variable YUHENG_KEY is not set. `yuheng init` or `yuheng key new` prints a key.',
  'zh-CN': '未设置环境变量 YUHENG_KEY。可用 `yuheng init` 或 `yuheng key new` 获得密钥。',
};
