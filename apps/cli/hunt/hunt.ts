import { ruleTranslations, severityOf, type Language, type PlacedFinding, type Translations } from '@yuheng/engine';
import { YuhengError } from '../errors.ts';
import { beSlowToOptimise } from '../patience.ts';
import { printable } from '../printable.ts';
import { huntWords } from '../text/hunt.ts';
import { problemText } from '../text/problem.ts';
import { incidentsSink } from './output/ndjson.ts';
import { openSink } from './output/index.ts';
import type { FindingSink } from './output/sink.ts';
import type { RuleSet, SigmaSource } from '@yuheng/sigma';
import { checkOptions, type HuntOptions, type RawHuntOptions } from './options.ts';
import { makeProgress } from './progress.ts';
import { compileRules, idleExclusions, readRuleTexts, type RuleTexts } from './rules.ts';
import { runHunt, type HuntResult } from './run.ts';
import { summaryJson } from './summary.ts';
import { Tally } from './tally.ts';
import { terminalReport } from './terminal.ts';

/** `yuheng hunt`: reads, finds, writes. Resolves to the exit code. */
export async function hunt(paths: readonly string[], raw: RawHuntOptions, language: Language): Promise<number> {
  const startedMs = performance.now();
  beSlowToOptimise();
  const options = checkOptions(paths, raw, language);
  const sources = await readRuleTexts([...options.rules, ...options.filters], options.builtinRules);
  const texts: RuleTexts = { sources, exclude: options.exclude };
  const rules = compileRules(texts);
  tellIdle(options, sources, rules);
  const tally = new Tally();
  const translations = ruleTranslations(sources);
  const sinks = await openSinks(options, translations);
  const result = await runInto(sinks, tally, options, texts, rules);
  demandInput(result);
  if (options.json) process.stdout.write(`${summaryJson(result, rules, tally, startedMs)}\n`);
  if (!options.quiet) {
    const report = terminalReport(result, rules, tally, translations, language);
    (options.json ? process.stderr : process.stdout).write(report);
    for (const path of options.out) process.stderr.write(`${huntWords[language].written(path)}\n`);
  }
  return options.failOn && tally.atLeast(options.failOn) > 0 ? 1 : 0;
}

/** Says which exclusions and filters name nothing: a typing error there would pass unseen. */
function tellIdle({ exclude, lang, quiet }: HuntOptions, sources: readonly SigmaSource[], rules: RuleSet): void {
  if (quiet) return;
  for (const id of idleExclusions({ sources, exclude }))
    process.stderr.write(`${huntWords[lang].idleExclude(printable(id))}\n`);
  const filters = rules.problems.filter(
    (problem) => problem.severity === 'warning' && problem.code.startsWith('filter.'),
  );
  for (const problem of filters) process.stderr.write(`${printable(`${problem.file}: ${problemText(problem)}`)}\n`);
}

/** The hunt itself; when it fails, no file is left half written. */
async function runInto(
  sinks: readonly FindingSink[],
  tally: Tally,
  options: HuntOptions,
  texts: RuleTexts,
  rules: RuleSet,
): Promise<HuntResult> {
  const progress = makeProgress(options.quiet, options.lang);
  const least = severityOf(options.minLevel);
  try {
    const result = await runHunt(options, texts, rules, {
      started: (files, bytes) => progress.start(bytes, files),
      progress: (bytes, records, matches) => progress.advance(bytes, records, matches),
      async finding(found: PlacedFinding) {
        tally.add(found);
        if (severityOf(found.level) < least) return;
        for (const sink of sinks) await sink.add(found);
      },
    });
    for (const sink of sinks) await sink.end(result);
    return result;
  } catch (error) {
    await Promise.allSettled(sinks.map((sink) => sink.discard()));
    throw error;
  } finally {
    progress.stop();
  }
}

async function openSinks({ out, incidents, lang }: HuntOptions, translations: Translations): Promise<FindingSink[]> {
  const sinks: FindingSink[] = [];
  try {
    for (const path of out) sinks.push(await openSink(path, translations, lang));
    if (incidents !== undefined) sinks.push(await incidentsSink(incidents));
    return sinks;
  } catch (error) {
    await Promise.allSettled(sinks.map((sink) => sink.discard()));
    throw error;
  }
}

/** Losses that an error names. */
const MAX_TOLD = 5;

/** A hunt that could read nothing at all did not run. An empty log is read; it only holds nothing. */
function demandInput({ files, unreadable, refusals, counts }: HuntResult): void {
  const { read, parsed, unparsed } = counts;
  if (files > 0 && (read === 0 || parsed + unparsed > 0)) return;
  const losses = [...unreadable, ...refusals.map(({ file, detail }) => ({ name: file, detail }))];
  const told = losses
    .slice(0, MAX_TOLD)
    .map(({ name, detail }) => printable(`${name}: ${detail}`))
    .join('; ');
  throw new YuhengError('YH-NO-INPUT', {
    en: `${huntWords.en.nothing}${told && ` ${told}`}`,
    'zh-CN': `${huntWords['zh-CN'].nothing}${told && ` ${told}`}`,
  });
}
