import type { Language } from '@yuheng/engine';
import type { Explained } from '../text/explain.ts';
import { explanationLines } from '../text/explain.ts';
import { explainCorrelationIn } from './explain/correlation.ts';
import { eventPlace } from './explain/read.ts';
import { explainRule } from './explain/rule.ts';
import { findTarget, type Target } from './explain/target.ts';

/** What `rules explain` was asked for besides the rule and the events. */
export interface ExplainOptions {
  readonly rules?: string[];
  readonly filter?: string[];
  readonly placeholders?: string;
  readonly json?: boolean;
}

/**
 * `yuheng rules explain`: why a rule matched the events of a file, or what stopped it. Several rules of one file come in turn, as data each
 * on a line of its own. Exit 1 where all that was asked about was rejected.
 */
export async function explain(
  rule: string,
  events: string,
  options: ExplainOptions,
  language: Language,
): Promise<number> {
  const target = await findTarget(rule, options);
  const answers = await answersOf(target, events, options.json ? 'en' : language);
  if (options.json) for (const answer of answers) process.stdout.write(`${JSON.stringify(answer)}\n`);
  else process.stdout.write(explanationLines(answers, target, language).join('\n') + '\n');
  return target.wanted.length > 0 ? 0 : 1;
}

async function answersOf(target: Target, events: string, language: Language): Promise<Explained[]> {
  const { problems, set, callings } = target;
  const place = eventPlace(events);
  const titleOf = (rule: { readonly uid: string; readonly title: string }): string => callings.title(rule, language);
  const answers: Explained[] = [];
  for (const compiled of target.wanted) {
    const answer =
      'rule' in compiled
        ? await explainRule(compiled, set, place, titleOf)
        : await explainCorrelationIn(compiled, set, place, titleOf);
    answers.push({ ...answer, problems });
  }
  return answers.length > 0 ? answers : [{ kind: 'rejected', problems }];
}
