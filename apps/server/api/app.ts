import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import fastify from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Attempts } from '../auth/attempts.ts';
import type { Log } from '../log.ts';
import { ServerError } from '../server-error.ts';
import { bookRoutes } from './books.ts';
import { consoleRoutes } from './console.ts';
import { explanationRoute } from './explanation.ts';
import { findingRoutes } from './findings.ts';
import { incidentRoutes } from './incidents.ts';
import { BODY_TYPES, ingestRoute } from './ingest.ts';
import { noticeRoute } from './notices.ts';
import { operationRoute } from './operations.ts';
import type { Api, ApiParts } from './parts.ts';
import { problemHandler, sendProblem } from './problem.ts';
import { reportRoute } from './report.ts';
import { searchRoute } from './search.ts';
import { sessionRoutes } from './session.ts';
import { storyRoute } from './story.ts';

/** Bodies of requests that are no ingest. */
const JSON_BODY_BYTES = 1_048_576;
/** A request that takes longer to arrive is cut off, ms. */
const REQUEST_MS = 120_000;

/** The HTTP API, ready to listen. */
export async function createApi(
  parts: ApiParts,
  attempts: Attempts,
  { behindProxy, log }: { readonly behindProxy: boolean; readonly log: Log },
): Promise<Api> {
  const api: Api = fastify({
    logger: false,
    // Only a proxy that was announced is believed what it says of the client.
    trustProxy: behindProxy,
    bodyLimit: JSON_BODY_BYTES,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: 'idle',
  }).withTypeProvider<ZodTypeProvider>();
  api.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
  api.setErrorHandler(problemHandler(log));
  api.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, new ServerError(404, 'YH-NOT-FOUND', NO_ROUTE)),
  );
  await api.register(cookie);
  await api.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Yuheng', version: parts.version, description: 'Records in, explained incidents out.' },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
      security: [{ key: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) =>
      describeIngestBody('openapiObject' in document ? document.openapiObject : {}) as never,
  });
  api.decorateRequest('caller');
  api.addHook('onRequest', async (request) => {
    parts.guard.checkHost(request);
    const { scope } = request.routeOptions.config;
    if (scope) request.caller = await parts.guard.admit(request, scope);
  });
  api.addHook('onSend', async (_, reply) => {
    void reply.header('x-content-type-options', 'nosniff');
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
  await api.register(async (routes) => {
    const typed = routes.withTypeProvider<ZodTypeProvider>() as Api;
    ingestRoute(typed, parts);
    findingRoutes(typed, parts);
    incidentRoutes(typed, parts);
    storyRoute(typed, parts);
    explanationRoute(typed, parts);
    reportRoute(typed, parts);
    searchRoute(typed, parts);
    bookRoutes(typed, parts);
    noticeRoute(typed, parts);
    operationRoute(typed, parts);
    sessionRoutes(typed, parts, attempts);
    await consoleRoutes(typed);
    typed.get('/api/v1/openapi.json', { schema: { hide: true } }, async () => api.swagger());
  });
  return api;
}

interface Paths {
  readonly paths?: { readonly [path: string]: { readonly post?: { requestBody?: unknown } } };
}

/** Bodies that are streamed have no schema of their own. */
function describeIngestBody<Document extends object>(document: Document): Document {
  const post = (document as Paths).paths?.['/api/v1/ingest']?.post;
  const content = Object.fromEntries(BODY_TYPES.map((type) => [type, { schema: { type: 'string' } }]));
  if (post) post.requestBody = { required: true, content };
  return document;
}

const NO_ROUTE = {
  en: 'There is nothing at this path. See /api/v1/openapi.json for what there is.',
  'zh-CN': '此路径不存在。可用接口见 /api/v1/openapi.json。',
};
