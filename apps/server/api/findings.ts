import { STATUSES, type FindingKind, type ListedFinding } from '@yuheng/engine';
import { z } from 'zod';
import { ServerError } from '../server-error.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Api, ApiParts } from './parts.ts';

/** Items of one page at most. */
const MAX_LIMIT = 1_000;

/** Which part of a list is asked for. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(100),
  cursor: z.string().max(20_000).optional().describe('`next` of the page before.'),
};
const page = {
  ...pageQuery,
  order: z.enum(['asc', 'desc']).default('asc').describe('By event time.'),
};
const withoutNul = (text: string): boolean => !text.includes('\0');
const incidentFilters = {
  status: z.enum(STATUSES).optional(),
  text: z
    .string()
    .min(1)
    .max(200)
    .refine(withoutNul, 'holds NUL')
    .optional()
    .describe('Stands in a title or in something that the incident names, in any case.'),
};
const item = z.record(z.string(), z.unknown());
/** The id in the path of a finding or an incident. */
export const uidParams = z.object({ uid: z.string().regex(/^[0-9a-f]{32}$/) });
const triage = z.object({
  status: z.enum(STATUSES),
  reason: z.string().max(2_000),
  revision: z.number().int(),
  retracted: z.boolean(),
});

/** Lists and single findings and incidents; each as `yuheng hunt` writes it, byte for byte. */
export function findingRoutes(api: Api, { findings, changes }: ApiParts): void {
  listRoute(api, findings, 'findings');
  listRoute(api, findings, 'incidents');
  for (const kind of ['findings', 'incidents'] as const)
    api.get(
      `/api/v1/${kind}/:uid`,
      {
        config: { scope: 'read' },
        schema: { summary: `One of the ${kind}`, params: uidParams, response: { 200: item } },
      },
      async (request, reply) => {
        const found = await findings.find(kind, request.caller.tenant, request.params.uid);
        return reply.type('application/json').send(demand(found).body as never);
      },
    );
  api.get(
    '/api/v1/incidents/:uid/status',
    {
      config: { scope: 'read' },
      schema: { summary: 'What people made of an incident', params: uidParams, response: { 200: triage } },
    },
    async (request) => {
      const found = demand(await findings.find('incidents', request.caller.tenant, request.params.uid));
      const { status = 'new', reason = '', revision, retracted } = found;
      return { status, reason, revision, retracted };
    },
  );
  api.put(
    '/api/v1/incidents/:uid/status',
    {
      config: { scope: 'triage' },
      schema: {
        summary: 'Sets the state of an incident; a false positive needs a reason',
        params: uidParams,
        body: z.strictObject({
          status: z.enum(STATUSES),
          reason: z.string().max(2_000).refine(withoutNul, 'holds NUL').default(''),
        }),
        response: { 200: z.object({ status: z.enum(STATUSES) }) },
      },
    },
    async (request) => {
      const { tenant, who } = request.caller;
      const { status, reason } = request.body;
      if (status === 'false-positive' && reason.trim() === '') throw new ServerError(400, 'YH-REASON', REASON);
      if (!(await findings.setStatus(tenant, request.params.uid, status, reason, who))) demand(undefined);
      changes.tell(tenant, 'incidents');
      return { status };
    },
  );
}

function listRoute(api: Api, findings: ApiParts['findings'], kind: FindingKind): void {
  const filters = kind === 'incidents' ? incidentFilters : {};
  api.get(
    `/api/v1/${kind}`,
    {
      config: { scope: 'read' },
      schema: {
        summary: `All ${kind} that stand, in the order of event time`,
        querystring: z.strictObject({ ...page, ...filters }),
        response: { 200: z.object({ items: z.array(item), next: z.string().nullable() }) },
      },
    },
    async (request, reply) => {
      const { limit, cursor, order, status, text } = request.query as z.infer<
        z.ZodObject<typeof page & typeof incidentFilters>
      >;
      const all = await findings.list(kind, request.caller.tenant, {
        limit: limit + 1,
        ...(cursor === undefined ? {} : { after: readCursor(cursor) }),
        descending: order === 'desc',
        ...(status === undefined ? {} : { status }),
        ...(text === undefined ? {} : { text }),
      });
      const items = all.slice(0, limit);
      const next = all.length > limit ? writeCursor(items.at(-1)!.order) : null;
      return reply
        .type('application/json')
        .send(`{"items":[${items.map(({ body }) => body).join(',')}],"next":${JSON.stringify(next)}}` as never);
    },
  );
}

/** What was found; throws 404 where nothing was. */
export function demand(found: ListedFinding | undefined): ListedFinding {
  if (found) return found;
  throw new ServerError(404, 'YH-NOT-FOUND', NOT_FOUND);
}

const NOT_FOUND = {
  en: 'There is nothing of that id. It may have been in another tenant, or never.',
  'zh-CN': '没有该标识对应的内容。它可能属于其他租户，或从未存在。',
};
const REASON = {
  en: 'A false positive needs a reason: the next person will ask for it.',
  'zh-CN': '标记为误报需要说明理由：下一位分析员会用到它。',
};
