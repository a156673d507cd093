import type { Language } from '@yuheng/engine';
import { bytesText, countText } from '@yuheng/report';
import type { RuleSet } from '@yuheng/sigma';
import { printable, shorten } from '../printable.ts';
import { adviceFor } from '../text/advice.ts';
import { huntWords } from '../text/hunt.ts';
import { placeText, problemText } from '../text/problem.ts';
import { assumptionCounts, lossText, reasonCounts, refusalText } from '../text/reasons.ts';
import type { HuntOptions } from './options.ts';
import type { HuntResult } from './run.ts';

/** Files and records that are named one by one on the terminal. */
const SHOWN = 20;

/** Rejected rules that are named with the reason. */
const MAX_REJECTED_TOLD = 3;

/** What became of everything that was read, as lines for a terminal. */
export function booksLines(
  result: HuntResult,
  rules: RuleSet,
  options: Pick<HuntOptions, 'lang' | 'rules' | 'filters'>,
): string[] {
  const { lang } = options;
  const { unreadable, refusals, earlier } = result;
  const words = huntWords[lang];
  return [
    ...sumLines(result, lang),
    ...ruleLines(rules, options),
    ...atMost(earlier, lang, (name) => words.earlier(safe(name, 200))),
    ...atMost(unreadable, lang, ({ name, reason, detail }) =>
      words.unreadable(safe(name, 200), lossText(reason, safe(detail, 300), lang)),
    ),
    ...refusals
      .slice(0, SHOWN)
      .map(({ file, reason, offset, detail }) =>
        words.refused(
          safe(file, 200),
          countText(offset),
          refusalText(reason, safe(detail, 300), lang),
          adviceFor(reason, lang),
        ),
      ),
  ];
}

/** The sums: what a terminal and a report say alike. */
export function sumLines({ files, bytes, counts, duplicates, outside }: HuntResult, language: Language): string[] {
  const words = huntWords[language];
  const [read, parsed, unparsed] = [counts.read, counts.parsed, counts.unparsed].map(countText) as [
    string,
    string,
    string,
  ];
  const { unparsedBy, refused, assumed } = counts;
  return [
    words.files(countText(files), bytesText(bytes)),
    words.books(read, parsed, unparsed, reasonCounts(unparsedBy, language), reasonCounts(refused, language)),
    ...(duplicates > 0 ? [words.duplicates(countText(duplicates))] : []),
    ...(Object.keys(assumed).length > 0 ? [words.assumed(assumptionCounts(assumed, language))] : []),
    ...(outside > 0 ? [words.outside(outside)] : []),
  ];
}

function ruleLines(
  { rules, correlations, problems }: RuleSet,
  { lang, rules: given, filters }: Pick<HuntOptions, 'lang' | 'rules' | 'filters'>,
): string[] {
  const words = huntWords[lang];
  const rejected = problems.filter(({ severity }) => severity === 'error');
  const many = rejected.length > MAX_REJECTED_TOLD;
  return [
    words.rules(countText(rules.length + correlations.length), countText(rejected.length)),
    ...(many ? [words.rejectedMany(countText(rejected.length), printable([...given, ...filters].join(' ')))] : []),
    ...(many
      ? []
      : rejected.map((problem) =>
          words.rejected(safe(placeText(problem), 200), safe(problemText(problem, lang), 300)),
        )),
  ];
}

function atMost<Item>(items: readonly Item[], language: Language, line: (item: Item) => string): string[] {
  const left = items.length - SHOWN;
  return [...items.slice(0, SHOWN).map(line), ...(left > 0 ? [huntWords[language].more(left)] : [])];
}

function safe(text: string, most: number): string {
  return shorten(printable(text), most);
}
