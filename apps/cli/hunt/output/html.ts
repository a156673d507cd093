import { openOutput } from '@yuheng/adapter-files';
import { LANGUAGES, type Language, type Translations } from '@yuheng/engine';
import { bytesText, countText, huntReport, ReportCollector, type Books } from '@yuheng/report';
import { huntWords } from '../../text/hunt.ts';
import { version } from '../../version.ts';
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
  const { counts, files, bytes, duplicates, unreadable, refusals, sources } = result;
  const words = huntWords[language];
  const [read, parsed, unparsed] = [counts.read, counts.parsed, counts.unparsed].map(countText) as [
    string,
    string,
    string,
  ];
  return {
    paragraphs: [
      words.files(countText(files), bytesText(bytes)),
      words.books(read, parsed, unparsed, reasons(counts.unparsedBy), reasons(counts.refused)),
      ...(duplicates > 0 ? [words.duplicates(countText(duplicates))] : []),
      ...(Object.keys(counts.assumed).length > 0 ? [words.assumed(reasons(counts.assumed))] : []),
      [...sources].map(([source, count]) => `${source} ${countText(count)}`).join(', '),
    ],
    details: [
      ...unreadable.slice(0, MAX_NAMED).map(({ name, reason, detail }) => words.unreadable(name, reason, detail)),
      ...refusals
        .slice(0, MAX_NAMED)
        .map(({ file, offset, reason, detail }) => words.refused(file, countText(offset), reason, detail, '')),
    ],
  };
}

function reasons(counts: { readonly [reason: string]: number }): string {
  return Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, count]) => `${reason} ${countText(count)}`)
    .join(', ');
}
