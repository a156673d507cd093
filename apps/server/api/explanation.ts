import type { Finding } from '@yuheng/engine';
import { z } from 'zod';
import { demand, uidParams } from './findings.ts';
import type { Api, ApiParts } from './parts.ts';

const explanation = z.object({
  rule: z.string().describe('The rule or correlation.'),
  reasons: z
    .array(z.object({ field: z.string(), value: z.string() }))
    .describe('Fields of the last event that made it match, with what they held; `field` is empty for a keyword.'),
});

/** `GET /api/v1/findings/{uid}/explanation`: which fields made the rule match. */
export function explanationRoute(api: Api, { findings, explainer }: ApiParts): void {
  api.get(
    '/api/v1/findings/:uid/explanation',
    {
      config: { scope: 'read' },
      schema: { summary: 'Why a rule matched', params: uidParams, response: { 200: explanation } },
    },
    async (request) => {
      const { tenant } = request.caller;
      const kept = demand(await findings.find('findings', tenant, request.params.uid));
      const [reasons] = await explainer.explain(tenant, [JSON.parse(kept.body) as Finding]);
      return { rule: kept.rule, reasons: reasons!.map(({ field, value }) => ({ field, value })) };
    },
  );
}
