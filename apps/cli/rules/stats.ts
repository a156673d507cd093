import { ruleTranslations, titleIn, type Language } from '@yuheng/engine';
import { readPlaceholders } from '../hunt/placeholders.ts';
import { compileRules, readRuleTexts } from '../hunt/rules.ts';
import { statsLines } from '../text/stats.ts';
import { watchRecords } from './explain/read.ts';
import { economiesOf } from './stats/economy.ts';
import { RecordSample } from './stats/sample.ts';

/** What `rules stats` was asked for besides the events. */
export interface StatsOptions {
  readonly rules?: string[];
  readonly builtinRules?: boolean;
  readonly placeholders?: string;
  readonly json?: boolean;
}

/** `yuheng rules stats`: what each rule costs over some events, what it hangs on, and which are over their budget. */
export async function ruleStats(paths: readonly string[], options: StatsOptions, language: Language): Promise<number> {
  const sources = await readRuleTexts(options.rules ?? [], options.builtinRules ?? true);
  const { rules } = compileRules({ sources, exclude: [], placeholders: readPlaceholders(options.placeholders) });
  const sample = new RecordSample();
  for (const path of paths) await watchRecords(path, (record) => sample.see(record));
  const economies = economiesOf(rules, sample, () => performance.now());
  const stats = { events: sample.seen, rules: rules.length, about: economies.length, economies };
  if (options.json) process.stdout.write(`${JSON.stringify(stats)}\n`);
  else {
    const translations = ruleTranslations(sources);
    const told = economies.map((each) => ({ ...each, title: titleIn(translations, each.uid, each.title, language) }));
    process.stdout.write(statsLines({ ...stats, economies: told }, language).join('\n') + '\n');
  }
  return 0;
}
