import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import files from '@fastify/static';
import { ServerError } from '../server-error.ts';
import type { Api } from './parts.ts';
import { sendProblem } from './problem.ts';

/** The built console, beside the program. */
const FOLDER = fileURLToPath(new URL('./console', import.meta.url));

/** Pages of the console; their state lives in the address, so each can be asked for by itself. */
const PAGES = ['/', '/incidents/:uid', '/events', '/sources', '/operations'];

/** Nothing from elsewhere and no inline script. Inline styles are how the component library writes its own. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the console. What is under `/assets` bears its hash in its name and never changes. */
export async function consoleRoutes(api: Api): Promise<void> {
  if (!existsSync(FOLDER)) return;
  await api.register(files, { root: FOLDER, serve: false, cacheControl: false });
  for (const page of PAGES)
    api.get(page, { schema: { hide: true } }, async (_, reply) =>
      reply.header('content-security-policy', POLICY).header('referrer-policy', 'no-referrer').sendFile('index.html'),
    );
  api.get<{ Params: { '*': string } }>('/assets/*', { schema: { hide: true } }, async (request, reply) => {
    const name = request.params['*'];
    if (!/^[\w-]+\.(?:js|css)$/.test(name) || !existsSync(`${FOLDER}/assets/${name}`))
      return sendProblem(request, reply, new ServerError(404, 'YH-NOT-FOUND', NO_FILE));
    return reply.header('cache-control', 'public, max-age=31536000, immutable').sendFile(`assets/${name}`);
  });
}

const NO_FILE = {
  en: 'The console has no such file. Load the page again: it may be from before an update.',
  'zh-CN': '控制台没有该文件。请重新加载页面：它可能来自更新之前。',
};
