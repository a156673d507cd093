import type {
  Directory,
  FindingStore,
  Journal,
  Lake,
  NoticeStore,
  SilenceStore,
  Translations,
  TriageStore,
} from '@yuheng/engine';
import type {
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { FastifyBaseLogger } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Intake } from '../intake/intake.ts';
import type { BodyReader } from '../intake/read-body.ts';
import type { Explainer } from '../explain/explainer.ts';
import type { Changes } from '../changes.ts';
import type { Guard } from './guard.ts';

/** What the routes stand on. */
export interface ApiParts {
  readonly journal: Journal;
  readonly lake: Lake;
  readonly findings: FindingStore;
  readonly triage: TriageStore;
  readonly directory: Directory;
  readonly intake: Intake;
  readonly bodies: BodyReader;
  readonly guard: Guard;
  readonly changes: Changes;
  readonly notices: NoticeStore;
  readonly explainer: Explainer;
  readonly silence: SilenceStore;
  /** Titles of rules in other languages. */
  readonly translations: Translations;
  /** The product's version. */
  readonly version: string;
  /** Sessions' cookies are sent over TLS only. */
  readonly secureCookies: boolean;
}

/** The web server with zod as the word on shapes. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;
