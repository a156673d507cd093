import { LANGUAGES, type Language } from '@yuheng/engine';

/** The language to speak: `--lang`, else the terminal's locale, else English. */
export function languageOf(argv: readonly string[], env: { readonly [name: string]: string | undefined }): Language {
  const flag = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const asked = flag < 0 ? undefined : argv[flag]!.includes('=') ? argv[flag]!.slice('--lang='.length) : argv[flag + 1];
  const locale = env['YUHENG_LANG'] || env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return LANGUAGES.find((language) => language === asked) ?? (/^zh/i.test(asked ?? locale) ? 'zh-CN' : 'en');
}
