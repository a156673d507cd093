import { levelOf, NOTICE_CHANNELS, noticePlace, NOTICE_STATES } from '@yuheng/engine';
import { z } from 'zod';
import { readCursor, writeCursor } from './cursor.ts';
import { pageQuery } from './findings.ts';
import type { Api, ApiParts } from './parts.ts';

const count = z.number().int();
const ms = z.number().int().describe('ms since 1970');
const notice = z.object({
  uid: z.string().describe('`webhook-id`, and the left part of the Message-ID.'),
  channel: z.enum(NOTICE_CHANNELS),
  about: z.string().describe('Uid of the incident or operational finding.'),
  severity: z.string(),
  title: z.string(),
  state: z.enum(NOTICE_STATES),
  attempts: count.describe('Attempts that failed.'),
  created: ms,
  due: ms.optional().describe('While it is pending: when it is tried next.'),
  settled: ms.optional().describe('When it was sent or given up.'),
  error: z.string().describe('Why the last attempt failed, or what was not taken of one that did not.'),
});
const books = z.object({ channel: z.enum(NOTICE_CHANNELS), pending: count, sent: count, failed: count });

/** `GET /api/v1/notices`: what was told outside, and what was not taken. */
export function noticeRoute(api: Api, { notices }: ApiParts): void {
  api.get(
    '/api/v1/notices',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'Notices by webhook and mail, the latest first, and how many of them were taken',
        querystring: z.strictObject(pageQuery),
        response: {
          200: z.object({ channels: z.array(books), items: z.array(notice), next: z.string().nullable() }),
        },
      },
    },
    async (request) => {
      const { tenant } = request.caller;
      const { limit, cursor } = request.query;
      const after = cursor === undefined ? undefined : readCursor(cursor);
      const all = await notices.list(tenant, limit + 1, after);
      const page = all.slice(0, limit);
      const items = page.map(({ uid, channel, about, severityId, title, state, attempts, error, ...when }) => ({
        uid,
        channel,
        about,
        severity: levelOf(severityId),
        title,
        state,
        attempts,
        created: when.createdMs,
        ...(state === 'pending' ? { due: when.dueMs } : {}),
        ...(when.settledMs === undefined ? {} : { settled: when.settledMs }),
        error,
      }));
      const next = all.length > limit ? writeCursor(noticePlace(page.at(-1)!)) : null;
      return { channels: [...(await notices.counts(tenant))], items, next };
    },
  );
}
