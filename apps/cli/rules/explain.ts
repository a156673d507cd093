import type { Language } from '@yuheng/engine';
import { explanationLines } from '../text/explain.ts';
import { explainCorrelationIn } from './explain/correlation.ts';
import { eventPlace } from './explain/read.ts';
import { explainRule } from './explain/rule.ts';
import { findTarget } from './explain/target.ts';

/** What `rules explain` was asked for besides the rule and the events. */
export interface ExplainOptions {
  readonly rules?: string[];
  readonly filter?: string[];
  readonly json?: boolean;
}

/** `yuheng rules explain`: why a rule matched the events of a file, or what stopped it. */
export async function explain(
  rule: string,
  events: string,
  options: ExplainOptions,
  language: Language,
): Promise<number> {
  const target = await findTarget(rule, options.rules ?? [], options.filter ?? []);
  const place = eventPlace(events);
  const { problems } = target;
  const answer =
    target.kind === 'rejected'
      ? target
      : target.kind === 'rule'
        ? { ...(await explainRule(target.compiled, target.set, place)), problems }
        : { ...(await explainCorrelationIn(target.compiled, target.set, place)), problems };
  if (options.json) process.stdout.write(`${JSON.stringify(answer)}\n`);
  else process.stdout.write(explanationLines(answer, language).join('\n') + '\n');
  return 0;
}
