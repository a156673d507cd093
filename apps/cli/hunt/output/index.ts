import type { Language, Translations } from '@yuheng/engine';
import { csvSink } from './csv.ts';
import { ndjsonSink } from './ndjson.ts';
import type { FindingSink } from './sink.ts';

/** Opens what `--out` names, by its ending. The report speaks both languages and begins with the given one. */
export async function openSink(path: string, translations: Translations, language: Language): Promise<FindingSink> {
  if (path.endsWith('.csv')) return csvSink(path);
  if (path.endsWith('.ndjson')) return ndjsonSink(path);
  const { htmlSink } = await import('./html.ts');
  return htmlSink(path, translations, language);
}
