import { z } from 'zod';
import { ServerError } from '../server-error.ts';
import type { Api, ApiParts } from './parts.ts';

const row = z.object({
  tenant: z.string(),
  source: z.string(),
  received: z.number().int(),
  stored: z.number().int(),
  pending: z.number().int(),
  rejected: z.record(z.string(), z.number().int()),
  unparsed: z.number().int(),
  expired: z.number().int(),
  lastReceivedMs: z.number().int().optional(),
});

/** The ledger, and whether intake is open. */
export function bookRoutes(api: Api, { journal, intake }: ApiParts): void {
  api.get(
    '/api/v1/ledger',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'received = stored + pending + rejected, for every source',
        response: { 200: z.object({ sources: z.array(row) }) },
      },
    },
    async (request) => ({ sources: [...(await journal.ledger(request.caller.tenant))] }),
  );
  api.get(
    '/api/v1/health',
    {
      schema: {
        summary: '200 only while records are accepted',
        response: { 200: z.object({ status: z.literal('ok') }) },
      },
    },
    async () => {
      const { refusal } = intake;
      if (refusal) throw new ServerError(503, refusal.code, refusal.text, refusal.retryAfterSeconds);
      return { status: 'ok' as const };
    },
  );
}
