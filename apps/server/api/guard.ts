import type { FastifyRequest } from 'fastify';
import { SCOPES, type Directory, type Scope } from '@yuheng/engine';
import type { Attempts } from '../auth/attempts.ts';
import { findKey } from '../auth/keys.ts';
import { SESSION_COOKIE, sessionTenant } from '../auth/sign-in.ts';
import { ServerError } from '../server-error.ts';

/** Who asks. */
export interface Caller {
  readonly tenant: string;
  readonly scopes: readonly Scope[];
  /** For the audit: the key's id, or `session`. */
  readonly who: string;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the caller must be allowed to do; absent on routes that are open to all. */
    scope?: Scope;
  }
  interface FastifyRequest {
    caller: Caller;
  }
}

/** Lets in who has a key or a session, and only where a browser was sent here by ourselves. */
export class Guard {
  private readonly directory: Directory;
  private readonly attempts: Attempts;
  /** Hosts by which the server may be called; a name that was bound to our address by someone else is none. */
  private readonly isOurHost: (host: string) => boolean;

  constructor(directory: Directory, attempts: Attempts, isOurHost: (host: string) => boolean) {
    this.directory = directory;
    this.attempts = attempts;
    this.isOurHost = isOurHost;
  }

  /** Every request, before anything else. */
  checkHost(request: FastifyRequest): void {
    const host = request.headers.host ?? '';
    if (!this.isOurHost(host)) throw new ServerError(403, 'YH-HOST', HOST);
    const { origin } = request.headers;
    if (origin !== undefined && origin !== `${request.protocol}://${host}`)
      throw new ServerError(403, 'YH-ORIGIN', ORIGIN);
  }

  /** The caller of a route with a scope. */
  async admit(request: FastifyRequest, scope: Scope): Promise<Caller> {
    const caller = await this.identify(request);
    if (!caller) throw this.turnAway(request);
    if (!caller.scopes.includes(scope)) throw new ServerError(403, 'YH-SCOPE', SCOPE);
    return caller;
  }

  /** Who guesses is answered more slowly, and who knows is not kept out by who guesses. */
  private turnAway(request: FastifyRequest): ServerError {
    const now = performance.now();
    const wait = this.attempts.waitSeconds(request.ip, now);
    if (wait > 0) return new ServerError(429, 'YH-ATTEMPTS', ATTEMPTS, wait);
    if (request.headers.authorization !== undefined) this.attempts.failed(request.ip, now);
    return new ServerError(401, 'YH-UNAUTHORIZED', UNAUTHORIZED);
  }

  private async identify(request: FastifyRequest): Promise<Caller | undefined> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const key = await findKey(this.directory, authorization.replace(/^Bearer +/i, ''));
      return key && { tenant: key.tenant, scopes: key.scopes, who: `key ${key.id}` };
    }
    const secret = request.cookies[SESSION_COOKIE];
    const tenant = secret === undefined ? undefined : await sessionTenant(this.directory, secret, Date.now());
    return tenant === undefined ? undefined : { tenant, scopes: SCOPES, who: 'session' };
  }
}

const HOST = {
  en: 'The Host header names another server. Call this one by the address that it printed.',
  'zh-CN': 'Host 头指向其他服务器。请使用本服务器启动时给出的地址。',
};
const ORIGIN = {
  en: 'The request comes from a page of another site.',
  'zh-CN': '该请求来自其他网站的页面。',
};
const ATTEMPTS = {
  en: 'Too many wrong keys came from this address. Wait, then try again with the right one.',
  'zh-CN': '来自此地址的错误密钥过多。请稍候再使用正确的密钥重试。',
};
const UNAUTHORIZED = {
  en: 'No valid key or session. Send `Authorization: Bearer <key>` (`yuheng key new` makes one), or sign in by the link that the server printed.',
  'zh-CN':
    '缺少有效的密钥或会话。请发送 `Authorization: Bearer <密钥>`（可用 `yuheng key new` 生成），或通过服务器打印的链接登录。',
};
const SCOPE = {
  en: 'This key may not do that. Make one with the scope that is needed.',
  'zh-CN': '此密钥无权执行该操作。请创建具有所需权限的密钥。',
};
