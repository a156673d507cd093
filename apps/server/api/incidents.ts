import { LEVELS, severityOf, STATUSES, type IncidentFilter, type ListedFinding } from '@yuheng/engine';
import { z } from 'zod';
import { ServerError } from '../server-error.ts';
import { demand, item, orderedQuery, readPage, sendPage, uidParams } from './findings.ts';
import type { Api, ApiParts } from './parts.ts';

const MAX_TEXT = 200;
const MAX_OWNER = 200;
const MAX_REASON = 2_000;

const withoutNul = (text: string): boolean => !text.includes('\0');
const status = z.enum(STATUSES);
const owner = z
  .string()
  .max(MAX_OWNER)
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'holds control characters')
  .describe('Who works on it; empty: nobody.');
const filters = {
  severity: z.enum(LEVELS).optional().describe('This severity or worse.'),
  text: z
    .string()
    .min(1)
    .max(MAX_TEXT)
    .refine(withoutNul, 'holds NUL')
    .optional()
    .describe('Stands in a title or in something that the incident names, in any case.'),
};
const triage = z.object({ status, reason: z.string().max(MAX_REASON), owner: z.string() });
const count = z.number().int();

/** The list of incidents, how many have each state, and what people make of one. */
export function incidentRoutes(api: Api, parts: ApiParts): void {
  listRoutes(api, parts);
  triageRoutes(api, parts);
}

function listRoutes(api: Api, { findings, triage: store }: ApiParts): void {
  api.get(
    '/api/v1/incidents',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'All incidents that stand, in the order of event time',
        querystring: z.strictObject({
          ...orderedQuery,
          ...filters,
          status: status.optional(),
          triage: z.enum(['true', 'false']).default('false').describe('Also what people made of each item.'),
        }),
        response: {
          200: z.object({
            items: z.array(item),
            next: z.string().nullable(),
            triage: z.array(triage).optional().describe('In the order of `items`.'),
          }),
        },
      },
    },
    async (request, reply) => {
      const { status: only, triage: beside } = request.query;
      const filter = { ...filterOf(request.query), ...(only === undefined ? {} : { status: only }) };
      const page = await readPage(findings, 'incidents', request.caller.tenant, request.query, filter);
      return sendPage(reply, page, beside === 'true' ? { triage: page.items.map(triageOf) } : {});
    },
  );
  api.get(
    '/api/v1/incidents/counts',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'How many incidents have each state',
        querystring: z.strictObject(filters),
        response: { 200: z.object({ new: count, open: count, closed: count, 'false-positive': count }) },
      },
    },
    async (request) => store.counts(request.caller.tenant, filterOf(request.query)),
  );
}

function triageRoutes(api: Api, { findings, triage: store, changes }: ApiParts): void {
  const path = '/api/v1/incidents/:uid/status';
  api.get(
    path,
    {
      config: { scope: 'read' },
      schema: {
        summary: 'What people made of an incident',
        params: uidParams,
        response: { 200: triage.extend({ revision: count, retracted: z.boolean() }) },
      },
    },
    async (request) => {
      const found = demand(await findings.find('incidents', request.caller.tenant, request.params.uid));
      const { revision, retracted } = found;
      return { ...triageOf(found), revision, retracted };
    },
  );
  api.put(
    path,
    {
      config: { scope: 'triage' },
      schema: {
        summary: 'Sets the state of an incident; a false positive needs a reason',
        params: uidParams,
        body: z.strictObject({
          status,
          reason: z.string().max(MAX_REASON).refine(withoutNul, 'holds NUL').default(''),
        }),
        response: { 200: z.object({ status }) },
      },
    },
    async (request) => {
      const { tenant, who } = request.caller;
      const { status: wanted, reason } = request.body;
      if (wanted === 'false-positive' && reason.trim() === '') throw new ServerError(400, 'YH-REASON', REASON);
      if (!(await store.setStatus(tenant, request.params.uid, wanted, reason, who))) demand(undefined);
      changes.tell(tenant, 'incidents');
      return { status: wanted };
    },
  );
  api.patch(
    path,
    {
      config: { scope: 'triage' },
      schema: {
        summary: 'Says who works on an incident',
        params: uidParams,
        body: z.strictObject({ owner }),
        response: { 200: z.object({ owner }) },
      },
    },
    async (request) => {
      const { tenant, who } = request.caller;
      const name = request.body.owner.trim();
      if (!(await store.setOwner(tenant, request.params.uid, name, who))) demand(undefined);
      changes.tell(tenant, 'incidents');
      return { owner: name };
    },
  );
}

function filterOf({ severity, text }: z.infer<z.ZodObject<typeof filters>>): Omit<IncidentFilter, 'status'> {
  return {
    ...(severity === undefined ? {} : { severityId: severityOf(severity) }),
    ...(text === undefined ? {} : { text }),
  };
}

function triageOf({ status: given = 'new', reason = '', owner: name = '' }: ListedFinding): z.infer<typeof triage> {
  return { status: given, reason, owner: name };
}

const REASON = {
  en: 'A false positive needs a reason: the next person will ask for it.',
  'zh-CN': '标记为误报需要说明理由：下一位分析员会用到它。',
};
