import { SearchError } from '@yuheng/engine';
import { z } from 'zod';
import { ServerError } from '../server-error.ts';
import type { Api, ApiParts } from './parts.ts';

/** Characters of one query. */
const MAX_QUERY = 100_000;

/** `POST /api/v1/search`: a user's SQL over the tenant's events, findings and incidents. */
export function searchRoute(api: Api, { lake }: ApiParts): void {
  api.post(
    '/api/v1/search',
    {
      config: { scope: 'search' },
      schema: {
        summary: 'Runs a SELECT over `events`, `findings` and `incidents`',
        body: z.strictObject({ query: z.string().min(1).max(MAX_QUERY) }),
        response: {
          200: z.object({
            rows: z.array(z.record(z.string(), z.unknown())),
            elapsedMs: z.number(),
            truncated: z.boolean(),
          }),
        },
      },
    },
    async (request, reply) => {
      try {
        const found = await lake.search(request.caller.tenant, request.body.query);
        return await reply.type('application/json').send(JSON.stringify(found) as never);
      } catch (error) {
        throw error instanceof SearchError ? searchProblem(error) : error;
      }
    },
  );
}

function searchProblem({ kind, message }: SearchError): ServerError {
  const codes = { refused: 'YH-SQL-REFUSED', syntax: 'YH-SQL-SYNTAX', limit: 'YH-SQL-LIMIT', failed: 'YH-SQL-FAILED' };
  return new ServerError(400, codes[kind], { en: message, 'zh-CN': `查询未能执行：${message}` });
}
