import { loadAll } from 'js-yaml';
import type { SigmaSource } from '@yuheng/sigma';
import { isObject } from './recognise.ts';
import type { Language } from './words.ts';

/** A rule's title in another language than English. */
export type Translations = ReadonlyMap<string, { readonly [language in Exclude<Language, 'en'>]?: string }>;

/** Rule id → titles that its file gives under `translations` (a custom attribute of ours that other Sigma tools pass over). */
export function ruleTranslations(sources: Iterable<SigmaSource>): Translations {
  const titles = new Map<string, { 'zh-CN'?: string }>();
  for (const { text } of sources) {
    if (!text.includes('\ntranslations:')) continue;
    for (const document of documentsOf(text)) {
      if (!isObject(document) || !isObject(document['translations']) || typeof document['id'] !== 'string') continue;
      const chinese = document['translations']['zh-CN'];
      if (isObject(chinese) && typeof chinese['title'] === 'string')
        titles.set(document['id'], { 'zh-CN': chinese['title'] });
    }
  }
  return titles;
}

/** A rule's title in a language; its own where there is no translation. */
export function titleIn(translations: Translations, uid: string, title: string, language: Language): string {
  return (language === 'en' ? undefined : translations.get(uid)?.[language]) ?? title;
}

/** What the loader rejects has no titles either. */
function documentsOf(text: string): unknown[] {
  try {
    return loadAll(text) as unknown[];
  } catch {
    return [];
  }
}
