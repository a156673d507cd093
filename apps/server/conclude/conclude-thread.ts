import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RuleSet } from '@yuheng/sigma';
import { Thread } from '../thread.ts';
import { Conclusions, type ConcludeOptions } from './conclusions.ts';

/** What came of one round. */
export type Concluded = Awaited<ReturnType<Conclusions['concludeUntil']>>;

/** How far a tenant's matches are to be concluded. */
export interface ConcludeTask {
  readonly tenant: string;
  readonly untilMs: number;
}

/** Draws conclusions away from the thread that answers requests. */
export interface Consumer {
  concludeUntil(tenant: string, untilMs: number): Promise<Concluded>;
  close(): Promise<void>;
}

/** Starts the consumer in a thread of its own; run from sources, where there is no built one, in this thread. */
export function startConsumer(options: ConcludeOptions, compiled: RuleSet): Consumer {
  const script = fileURLToPath(new URL('./conclude-worker.mjs', import.meta.url));
  if (!existsSync(script)) return new Conclusions(options, compiled);
  const thread = new Thread<ConcludeTask, Concluded>(script, { workerData: options });
  return {
    concludeUntil: (tenant, untilMs) => thread.ask({ tenant, untilMs }),
    close: () => thread.close(),
  };
}
