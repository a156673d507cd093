import { ruleTranslations, severityOf, type Language, type PlacedFinding, type Translations } from '@yuheng/engine';
import type { RuleSet, SigmaSource } from '@yuheng/sigma';
import { YuhengError } from '../errors.ts';
import { printable } from '../printable.ts';
import { widthOf } from '../table/width.ts';
import { huntWords } from '../text/hunt.ts';
import { placeText, problemText } from '../text/problem.ts';
import { lossText, refusalText } from '../text/reasons.ts';
import { preferThroughput } from '../throughput.ts';
import { demandRules, readGivenRules } from './given-rules.ts';
import { findInput } from './input.ts';
import { incidentsSink } from './output/ndjson.ts';
import { openSink } from './output/index.ts';
import type { FindingSink } from './output/sink.ts';
import { checkOptions, type HuntOptions, type RawHuntOptions } from './options.ts';
import { readPlaceholders } from './placeholders.ts';
import { makeProgress } from './progress.ts';
import { compileRules, idleExclusions, type RuleTexts } from './rules.ts';
import { runHunt, type HuntResult } from './run.ts';
import { summaryJson } from './summary.ts';
import { Tally, type Tallies } from './tally.ts';
import { terminalReport } from './terminal.ts';

/** `yuheng hunt`: reads, finds, writes. Resolves to the exit code. */
export async function hunt(paths: readonly string[], raw: RawHuntOptions, language: Language): Promise<number> {
  const startedMs = performance.now();
  preferThroughput();
  const options = checkOptions(paths, raw, language);
  const given = await readGivenRules(options);
  const placeholders = readPlaceholders(options.placeholders);
  const texts = { sources: given.flatMap(({ sources }) => sources), exclude: options.exclude, placeholders };
  const rules = compileRules(texts);
  await demandRules(given, rules, texts);
  tellIdle(options, texts.sources, rules);
  const tallies: Tallies = { all: new Tally(), told: new Tally() };
  const translations = ruleTranslations(texts.sources);
  const result = await runInto(tallies, translations, options, texts, rules);
  if (options.json) process.stdout.write(`${summaryJson(result, rules, tallies, startedMs)}\n`);
  if (!options.quiet) {
    const terminal = options.json ? process.stderr : process.stdout;
    terminal.write(terminalReport(result, rules, tallies, translations, { ...options, width: widthOf(terminal) }));
    for (const path of [...options.out, ...(options.incidents === undefined ? [] : [options.incidents])])
      process.stderr.write(`${huntWords[language].written(path)}\n`);
  }
  return options.failOn && tallies.all.atLeast(options.failOn) > 0 ? 1 : 0;
}

/** Says which exclusions and filters name nothing: a typing error there would pass unseen. */
function tellIdle({ exclude, lang, quiet }: HuntOptions, sources: readonly SigmaSource[], rules: RuleSet): void {
  if (quiet) return;
  for (const id of idleExclusions({ sources, exclude }))
    process.stderr.write(`${huntWords[lang].idleExclude(printable(id))}\n`);
  const filters = rules.problems.filter(
    (problem) => problem.severity === 'warning' && problem.code.startsWith('filter.'),
  );
  for (const problem of filters)
    process.stderr.write(`${printable(`${placeText(problem)}: ${problemText(problem, lang)}`)}\n`);
}

/** The hunt itself; when it fails, no file is left half written, and none is replaced. */
async function runInto(
  { all, told }: Tallies,
  translations: Translations,
  options: HuntOptions,
  texts: RuleTexts,
  rules: RuleSet,
): Promise<HuntResult> {
  const progress = makeProgress(options.quiet, options.lang);
  const least = severityOf(options.minLevel);
  const sinks: FindingSink[] = [];
  try {
    const input = await findInput(options, () => openSinks(sinks, options, translations));
    const result = await runHunt(options, texts, rules, input, {
      started: (files, bytes) => progress.start(bytes, files),
      again: (bytes) => progress.again(bytes),
      progress: (bytes, records, matches) => progress.advance(bytes, records, matches),
      async finding(found: PlacedFinding) {
        all.add(found);
        if (severityOf(found.level) < least) return;
        told.add(found);
        for (const sink of sinks) await sink.add(found);
      },
    });
    demandInput(result);
    for (const sink of sinks) await sink.end(result);
    return result;
  } catch (error) {
    await Promise.allSettled(sinks.map((sink) => sink.discard()));
    throw error;
  } finally {
    progress.stop();
  }
}

async function openSinks(
  sinks: FindingSink[],
  { out, incidents, lang }: HuntOptions,
  translations: Translations,
): Promise<void> {
  for (const path of out) sinks.push(await openSink(path, translations, lang));
  if (incidents !== undefined) sinks.push(await incidentsSink(incidents));
}

/** Losses that an error names. */
const MAX_TOLD = 5;

/** A hunt that could read nothing at all did not run. An empty log is read; it only holds nothing. */
function demandInput({ files, unreadable, refusals, earlier, counts }: HuntResult): void {
  const { read, parsed, unparsed } = counts;
  if (files > 0 && (read === 0 || parsed + unparsed > 0)) return;
  const told = (language: Language): string => {
    const words = huntWords[language];
    const losses = [
      ...unreadable.map(({ name, reason, detail }) => `${name}: ${lossText(reason, detail, language)}`),
      ...refusals.map(({ file, reason, detail }) => `${file}: ${refusalText(reason, detail, language)}`),
      ...earlier.map((name) => words.earlier(name)),
    ];
    return [words.nothing, losses.slice(0, MAX_TOLD).map(printable).join('; ')].join(' ').trimEnd();
  };
  throw new YuhengError('YH-NO-INPUT', { en: told('en'), 'zh-CN': told('zh-CN') });
}
