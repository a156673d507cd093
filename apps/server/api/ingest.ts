import type { Readable } from 'node:stream';
import { isEncoding } from '@yuheng/engine';
import { z } from 'zod';
import type { Api, ApiParts } from './parts.ts';

/** Kinds of bodies: texts, and binary formats (EVTX) as they are. */
export const BODY_TYPES = ['text/plain', 'application/x-ndjson', 'application/octet-stream'] as const;

/** Names go to the books and to people: no control characters. */
const name = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'holds control characters');

const query = z.strictObject({
  source: name(200)
    .min(1)
    .optional()
    .describe("The source's name in the ledger; the id of a format names that format. Absent: what is recognised."),
  file: name(4096).optional().describe('The file that the records are from.'),
  first: z.coerce
    .number()
    .int()
    .min(1)
    .max(1e12)
    .optional()
    .describe('Number in the file of the first line or record: parts of one file join, in any order.'),
  year: z.coerce
    .number()
    .int()
    .min(1970)
    .max(9999)
    .optional()
    .describe('Year of the first line, for times without one.'),
  encoding: z
    .string()
    .max(40)
    .refine(isEncoding, 'is no known encoding')
    .optional()
    .describe('Encoding of the text, where it is not UTF-8.'),
  last: z.enum(['true', 'false']).optional().describe('`true`: the file ends with this part.'),
});

const headers = z.looseObject({
  'idempotency-key': name(255).min(1).optional().describe('The same key is the same request: it is taken once.'),
});

const receipt = z.object({
  batch: z.string(),
  received: z.number().int(),
  accepted: z.number().int(),
  rejected: z.record(z.string(), z.number().int()),
});

/** `POST /api/v1/ingest`: records in, durable before the answer. */
export function ingestRoute(api: Api, { intake, bodies }: ApiParts): void {
  for (const type of BODY_TYPES) api.addContentTypeParser(type, (_, payload, done) => done(null, payload));
  api.post(
    '/api/v1/ingest',
    {
      config: { scope: 'ingest' },
      schema: {
        summary: 'Takes records; they are durable when the answer comes',
        description:
          'The body is plain text (a record a line), NDJSON, or a binary log file; packed by gzip or zstd where Content-Encoding says so.',
        querystring: query,
        headers,
        response: { 200: receipt },
      },
    },
    async (request) => {
      const { last, ...place } = request.query;
      const body = await bodies.read((request.body ?? request.raw) as Readable, request.headers['content-encoding']);
      const { batch, received, rejected } = await intake.accept({
        tenant: request.caller.tenant,
        ...place,
        last: last === 'true',
        idempotencyKey: request.headers['idempotency-key'],
        body,
      });
      const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
      return { batch: String(batch), received, accepted: received - refused, rejected };
    },
  );
}
