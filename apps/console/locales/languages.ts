import i18n from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** The languages of the console; equals. */
export const LANGUAGES = ['en', 'zh-CN'] as const;
/** One of `LANGUAGES`. */
export type LanguageName = (typeof LANGUAGES)[number];

const KEY = 'yuheng-language';

/** Begins in the language that was chosen last, else in the browser's. */
export function startLanguages(): void {
  const chosen = localStorage.getItem(KEY) ?? navigator.language;
  const language: LanguageName = /^zh/i.test(chosen) ? 'zh-CN' : 'en';
  void i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = language;
}

/** Changes the language and remembers it. */
export function chooseLanguage(language: LanguageName): void {
  localStorage.setItem(KEY, language);
  document.documentElement.lang = language;
  void i18n.changeLanguage(language);
}

/** The words of the language in force, and its name. */
export function useWords() {
  const { t, i18n: state } = useTranslation();
  return { t, language: (state.language === 'zh-CN' ? 'zh-CN' : 'en') as LanguageName };
}
