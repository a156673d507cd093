import type { FindingKind, ListedFinding, Page } from '@yuheng/engine';
import type { FastifyReply } from 'fastify';
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
/** Which part of a list is asked for, and from which end. */
export const orderedQuery = {
  ...pageQuery,
  order: z.enum(['asc', 'desc']).default('asc').describe('By event time.'),
};
/** A finding or an incident as `yuheng hunt` writes it. */
export const item = z.record(z.string(), z.unknown());
/** The id in the path of a finding or an incident. */
export const uidParams = z.object({ uid: z.string().regex(/^[0-9a-f]{32}$/) });

/** The list of findings, and single findings and incidents; each as `yuheng hunt` writes it, byte for byte. */
export function findingRoutes(api: Api, { findings }: ApiParts): void {
  api.get(
    '/api/v1/findings',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'All findings that stand, in the order of event time',
        querystring: z.strictObject(orderedQuery),
        response: { 200: z.object({ items: z.array(item), next: z.string().nullable() }) },
      },
    },
    async (request, reply) =>
      sendPage(reply, await readPage(findings, 'findings', request.caller.tenant, request.query)),
  );
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
}

/** A page of a list, and the cursor of the next one. */
interface ListPage {
  readonly items: readonly ListedFinding[];
  readonly next: string | null;
}

/** Reads a page as it was asked for. */
export async function readPage(
  findings: ApiParts['findings'],
  kind: FindingKind,
  tenant: string,
  query: z.infer<z.ZodObject<typeof orderedQuery>>,
  filter: Omit<Page, 'limit'> = {},
): Promise<ListPage> {
  const { limit, cursor, order } = query;
  const all = await findings.list(kind, tenant, {
    ...filter,
    limit: limit + 1,
    ...(cursor === undefined ? {} : { after: readCursor(cursor) }),
    descending: order === 'desc',
  });
  const items = all.slice(0, limit);
  return { items, next: all.length > limit ? writeCursor(items.at(-1)!.order) : null };
}

/** Sends the items byte for byte as they are kept, and what stands beside them. */
export function sendPage(reply: FastifyReply, { items, next }: ListPage, beside: object = {}): FastifyReply {
  const rest = JSON.stringify({ next, ...beside }).slice(1);
  return reply.type('application/json').send(`{"items":[${items.map(({ body }) => body).join(',')}],${rest}`);
}

/** What was found; throws 404 where nothing was. */
export function demand<Found>(found: Found | undefined): Found {
  if (found !== undefined) return found;
  throw new ServerError(404, 'YH-NOT-FOUND', NOT_FOUND);
}

const NOT_FOUND = {
  en: 'There is nothing of that id. It may have been in another tenant, or never.',
  'zh-CN': '没有该标识对应的内容。它可能属于其他租户，或从未存在。',
};
