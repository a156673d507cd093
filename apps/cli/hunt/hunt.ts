import { ruleTranslations, severityOf, type Language, type PlacedFinding } from '@yuheng/engine';
import { YuhengError } from '../errors.ts';
import { huntWords } from '../text/hunt.ts';
import { incidentsSink } from './output/ndjson.ts';
import { openSink } from './output/index.ts';
import type { FindingSink } from './output/sink.ts';
import { checkOptions, type HuntOptions, type RawHuntOptions } from './options.ts';
import { makeProgress } from './progress.ts';
import { compileRules, readRuleTexts, type RuleTexts } from './rules.ts';
import { runHunt, type HuntResult } from './run.ts';
import { summaryJson } from './summary.ts';
import { Tally } from './tally.ts';
import { terminalReport } from './terminal.ts';

/** `yuheng hunt`: reads, finds, writes. Resolves to the exit code. */
export async function hunt(paths: readonly string[], raw: RawHuntOptions, language: Language): Promise<number> {
  const startedMs = performance.now();
  const options = checkOptions(paths, raw, language);
  const sources = await readRuleTexts([...options.rules, ...options.filters], options.builtinRules);
  const texts: RuleTexts = { sources, exclude: options.exclude };
  const rules = compileRules(texts);
  const progress = makeProgress(options.quiet, language);
  const tally = new Tally();
  const sinks = await openSinks(options);
  const least = severityOf(options.minLevel);
  const result = await runHunt(options, texts, rules, {
    started: (files, bytes) => progress.start(bytes, files),
    progress: (bytes, records, matches) => progress.advance(bytes, records, matches),
    async finding(found: PlacedFinding) {
      tally.add(found);
      if (severityOf(found.level) < least) return;
      for (const sink of sinks) await sink.add(found);
    },
  }).finally(() => progress.stop());
  for (const sink of sinks) await sink.end(result);
  demandInput(result);
  if (options.json) process.stdout.write(`${summaryJson(result, rules, tally, startedMs)}\n`);
  const report = terminalReport(result, rules, tally, ruleTranslations(sources), language);
  if (!options.quiet) (options.json ? process.stderr : process.stdout).write(report);
  for (const path of options.out) if (!options.quiet) process.stderr.write(`${huntWords[language].written(path)}\n`);
  return options.failOn && tally.atLeast(options.failOn) > 0 ? 1 : 0;
}

async function openSinks({ out, incidents }: HuntOptions): Promise<FindingSink[]> {
  const sinks: FindingSink[] = [];
  for (const path of out) sinks.push(await openSink(path));
  if (incidents !== undefined) sinks.push(await incidentsSink(incidents));
  return sinks;
}

/** A hunt that could read nothing at all did not run. */
function demandInput({ files, unreadable }: HuntResult): void {
  if (files > 0) return;
  const told = unreadable
    .slice(0, 5)
    .map(({ name, detail }) => `${name}: ${detail}`)
    .join('; ');
  throw new YuhengError('YH-NO-INPUT', {
    en: `${huntWords.en.nothing}${told && ` ${told}`}`,
    'zh-CN': `${huntWords['zh-CN'].nothing}${told && ` ${told}`}`,
  });
}
