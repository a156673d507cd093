import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '@yuheng/engine';
import type { Log } from '../log.ts';
import { ServerError, type ErrorStatus } from '../server-error.ts';

/** Titles of the statuses (RFC 9110). */
const TITLES: { readonly [status in ErrorStatus | 500]: string } = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Answers with problem+json (RFC 9457); `detail` in the caller's language. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: ServerError): FastifyReply {
  const { status, code, text, retryAfterSeconds } = error;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
  // What is left of a body that was refused would be taken for the next request.
  if (!request.raw.complete) void reply.header('connection', 'close');
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  return reply
    .code(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({ type: 'about:blank', title: TITLES[status], status, code, detail: text[languageOf(request)] }),
    );
}

/** The error handler of all routes. What we did not foresee is told to the log, not to the caller. */
export function problemHandler(log: Log) {
  return (error: FastifyError | ServerError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (error instanceof ServerError) return sendProblem(request, reply, error);
    const status = error.statusCode ?? 500;
    if (status < 500) return sendProblem(request, reply, clientError(status, error.message));
    log.error('YH-INTERNAL', `${request.method} ${request.routeOptions.url ?? '?'}: ${error.stack ?? error.message}`);
    return sendProblem(request, reply, new ServerError(503, 'YH-UNAVAILABLE', UNAVAILABLE, 1));
  };
}

/** What the framework found wrong with a request. */
function clientError(status: number, message: string): ServerError {
  const known = status in TITLES ? (status as ErrorStatus) : 400;
  const code = { 404: 'YH-NOT-FOUND', 413: 'YH-BODY-TOO-LARGE', 415: 'YH-MEDIA-TYPE' }[status] ?? 'YH-REQUEST';
  return new ServerError(known, code, {
    en: `The request cannot be taken: ${message}. See /api/v1/openapi.json for what is.`,
    'zh-CN': `无法接受该请求：${message}。接口说明见 /api/v1/openapi.json。`,
  });
}

/** The language that the caller prefers. */
export function languageOf(request: FastifyRequest): Language {
  return /^\s*zh/i.test(String(request.headers['accept-language'] ?? '')) ? 'zh-CN' : 'en';
}

const UNAVAILABLE = {
  en: 'A part of the server does not answer just now. Try again; if it stays so, look at its log and at `yuheng doctor`.',
  'zh-CN': '服务器的某个部分暂时没有响应。请重试；若持续如此，请查看日志和 `yuheng doctor`。',
};
