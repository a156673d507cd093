import { answerTasks } from '../thread.ts';
import type { ConcludeTask } from './conclude-thread.ts';
import { Conclusions, type ConcludeOptions } from './conclusions.ts';

// The thread of the one ordered consumer: one task at a time.
answerTasks<ConcludeOptions, ConcludeTask>((options) => {
  const conclusions = new Conclusions(options);
  return ({ tenant, untilMs }) => conclusions.concludeUntil(tenant, untilMs);
});
