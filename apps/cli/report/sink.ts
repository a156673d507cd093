import { openOutput } from '@yuheng/adapter-files';
import type { Language, Translations } from '@yuheng/engine';
import type { FindingSink } from '../hunt/output/sink.ts';
import { ReportCollector } from './collect.ts';
import { reportPage } from './page.ts';

/** The HTML report of a hunt: findings are kept while they stream by, and written when the hunt is over. */
export async function htmlSink(path: string, translations: Translations, language: Language): Promise<FindingSink> {
  const output = await openOutput(path);
  const collected = new ReportCollector();
  return {
    async add(found) {
      collected.add(found);
    },
    async end(result) {
      await output.write(reportPage(collected, result, translations, language));
      await output.close();
    },
    discard: () => output.discard(),
  };
}
