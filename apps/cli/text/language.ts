import { LANGUAGES, type Language } from '@yuheng/engine';
import { wrongFlag } from '../flags.ts';

/** The language to speak: `--lang`, else the terminal's locale, else English. */
export function languageOf(argv: readonly string[], env: { readonly [name: string]: string | undefined }): Language {
  const asked = askedLanguage(argv);
  const locale = env['YUHENG_LANG'] || env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return LANGUAGES.find((language) => language === asked) ?? (/^zh/i.test(locale) ? 'zh-CN' : 'en');
}

/** Throws where a language is asked for that is not spoken here. */
export function demandLanguage(argv: readonly string[]): void {
  const asked = askedLanguage(argv);
  if (asked !== undefined && !LANGUAGES.some((language) => language === asked))
    throw wrongFlag('--lang', asked, LANGUAGES.join(', '));
}

/** What `--lang` says, before anything else is read of the command line: errors of that are told in this language. */
function askedLanguage(argv: readonly string[]): string | undefined {
  const flag = argv.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='));
  if (flag < 0) return undefined;
  const word = argv[flag]!;
  return word.includes('=') ? word.slice('--lang='.length) : argv[flag + 1];
}
