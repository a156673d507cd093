import { z } from 'zod';
import { hashSecret } from '../auth/secrets.ts';
import { SESSION_COOKIE, SESSION_MS, signIn } from '../auth/sign-in.ts';
import type { Attempts } from '../auth/attempts.ts';
import { ServerError } from '../server-error.ts';
import type { Api, ApiParts } from './parts.ts';

/** Sign-in by the one-time link, the session that comes of it, and news for who is signed in. */
export function sessionRoutes(api: Api, { directory, secureCookies, changes }: ApiParts, attempts: Attempts): void {
  api.get(
    '/sign-in',
    { schema: { hide: true, querystring: z.object({ token: z.string().max(200) }) } },
    async (request, reply) => {
      const session = await signIn(directory, request.query.token, Date.now());
      if (session === undefined) {
        const now = performance.now();
        const wait = attempts.waitSeconds(request.ip, now);
        if (wait > 0) throw new ServerError(429, 'YH-LINK', LINK, wait);
        attempts.failed(request.ip, now);
        throw new ServerError(403, 'YH-LINK', LINK);
      }
      return reply
        .setCookie(SESSION_COOKIE, session, {
          path: '/',
          httpOnly: true,
          sameSite: 'strict',
          secure: secureCookies,
          maxAge: SESSION_MS / 1000,
        })
        .redirect('/', 303);
    },
  );
  api.get(
    '/api/v1/session',
    {
      config: { scope: 'read' },
      schema: { summary: 'Who asks', response: { 200: z.object({ tenant: z.string(), scopes: z.array(z.string()) }) } },
    },
    async ({ caller: { tenant, scopes } }) => ({ tenant, scopes: [...scopes] }),
  );
  api.delete(
    '/api/v1/session',
    { config: { scope: 'read' }, schema: { summary: 'Signs out', response: { 204: z.undefined() } } },
    async (request, reply) => {
      const secret = request.cookies[SESSION_COOKIE];
      if (secret !== undefined) await directory.endSession(hashSecret(secret));
      return reply.clearCookie(SESSION_COOKIE, { path: '/' }).code(204).send();
    },
  );
  api.get('/api/v1/changes', { config: { scope: 'read' }, schema: { hide: true } }, (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    raw.write('retry: 2000\n\n');
    const tell = (what: string): unknown => raw.write(`event: ${what}\ndata: {}\n\n`);
    const end = changes.listen(request.caller.tenant, tell, () => raw.end());
    const beat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
    request.raw.on('close', () => {
      clearInterval(beat);
      end();
    });
  });
}

const HEARTBEAT_MS = 15_000;

const LINK = {
  en: 'This sign-in link was used already, is too old, or never was one. Make a new one: yuheng sign-in --data <dir>.',
  'zh-CN': '该登录链接已被使用、已过期或从未有效。请生成新的链接：yuheng sign-in --data <目录>。',
};
