import { openOutput } from '@yuheng/adapter-files';
import { LANGUAGES, type Language, type Translations } from '@yuheng/engine';
import { countText, huntReport, ReportCollector, type Books } from '@yuheng/report';
import { huntWords } from '../../text/hunt.ts';
import { lossText, refusalText } from '../../text/reasons.ts';
import { version } from '../../version.ts';
import { sumLines } from '../books.ts';
import type { HuntResult } from '../run.ts';
import type { FindingSink } from './sink.ts';

/** Files and records named one by one. */
const MAX_NAMED = 50;

/** The HTML report of a hunt: findings are kept while they stream by, and written when the hunt is over. */
export async function htmlSink(path: string, translations: Translations, language: Language): Promise<FindingSink> {
  const output = await openOutput(path);
  const collected = new ReportCollector();
  return {
    async add(found) {
      collected.add(found);
    },
    async end(result) {
      const books = Object.fromEntries(LANGUAGES.map((each) => [each, booksIn(each, result)])) as Books;
      const { incidents } = result;
      await output.write(huntReport(collected, { incidents, books, version }, translations, language));
      await output.close();
    },
    discard: () => output.discard(),
  };
}

function booksIn(language: Language, result: HuntResult): Books[Language] {
  const { unreadable, refusals, earlier, sources } = result;
  const words = huntWords[language];
  return {
    paragraphs: [
      ...sumLines(result, language),
      [...sources].map(([source, count]) => `${source} ${countText(count)}`).join(', '),
    ],
    details: [
      ...earlier.slice(0, MAX_NAMED).map(words.earlier),
      ...unreadable
        .slice(0, MAX_NAMED)
        .map(({ name, reason, detail }) => words.unreadable(name, lossText(reason, detail, language))),
      ...refusals
        .slice(0, MAX_NAMED)
        .map(({ file, offset, reason, detail }) =>
          words.refused(file, countText(offset), refusalText(reason, detail, language), ''),
        ),
    ],
  };
}
