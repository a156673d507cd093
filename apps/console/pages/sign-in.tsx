import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useWords } from '../locales/languages.ts';

/** How to get in. Looks again when the person comes back, for the link opens in a tab of its own. */
export function SignIn() {
  const { t } = useWords();
  const client = useQueryClient();
  useEffect(() => {
    const again = (): void => void client.invalidateQueries({ queryKey: ['session'] });
    addEventListener('focus', again);
    return () => removeEventListener('focus', again);
  }, [client]);
  return (
    <section className="narrow">
      <h1>{t('signIn.title')}</h1>
      <p>{t('signIn.why')}</p>
      <p>{t('signIn.again')}</p>
      <pre tabIndex={0}>yuheng sign-in</pre>
    </section>
  );
}
