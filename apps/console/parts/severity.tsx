import { useWords } from '../locales/languages.ts';

/** A level: a word, a shape and a colour. */
export function Severity({ level }: { readonly level: string }) {
  const { t } = useWords();
  return <span className={`sev ${level}`}>{t(`level.${level}` as 'level.high')}</span>;
}
