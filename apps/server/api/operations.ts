import { silencePlace } from '@yuheng/engine';
import { z } from 'zod';
import { operationalFinding } from '../operations/operational-finding.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { pageQuery } from './findings.ts';
import type { Api, ApiParts } from './parts.ts';

/** `GET /api/v1/operations`: findings about the watch itself, such as sources that fell silent. */
export function operationRoute(api: Api, { silence }: ApiParts): void {
  api.get(
    '/api/v1/operations',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'Operational findings, the latest first: sources that fell silent',
        querystring: z.strictObject(pageQuery),
        response: {
          200: z.object({ items: z.array(z.record(z.string(), z.unknown())), next: z.string().nullable() }),
        },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const after = cursor === undefined ? undefined : readCursor(cursor);
      const all = await silence.list(request.caller.tenant, limit + 1, after);
      const page = all.slice(0, limit);
      const next = all.length > limit ? writeCursor(silencePlace(page.at(-1)!)) : null;
      return { items: page.map(operationalFinding), next };
    },
  );
}
