import { useQuery } from '@tanstack/react-query';
import { Button, ConfigProvider, theme as themes } from 'antd';
import zhTexts from 'antd/locale/zh_CN';
import enTexts from 'antd/locale/en_US';
import { lazy, Suspense, useEffect } from 'react';
import { useAddress } from './data/address.ts';
import { ApiError, ask } from './data/api.ts';
import { useLive } from './data/live.ts';
import { chooseTheme, useTheme } from './data/settings.ts';
import { chooseLanguage, useWords } from './locales/languages.ts';
import { KeyList, useKeys } from './parts/keys.tsx';
import { Link } from './parts/link.tsx';
import { Answered, Empty, Loading } from './parts/states.tsx';
import { Incidents } from './pages/incidents.tsx';
import { SignIn } from './pages/sign-in.tsx';

const Incident = lazy(async () => ({ default: (await import('./pages/incident.tsx')).Incident }));
const Events = lazy(async () => ({ default: (await import('./pages/events.tsx')).Events }));
const Sources = lazy(async () => ({ default: (await import('./pages/sources.tsx')).Sources }));

/** The accents are dark and light enough for text on their grounds (WCAG AA). */
const ACCENT = { light: '#0b5bd3', dark: '#79b8ff' };

/** The whole console. */
export function Console() {
  const { language } = useWords();
  const theme = useTheme();
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  const algorithm = theme === 'dark' ? themes.darkAlgorithm : themes.defaultAlgorithm;
  const token = {
    colorPrimary: ACCENT[theme],
    ...(theme === 'dark' ? { colorBgBase: '#0d1117', colorTextLightSolid: '#0d1117' } : {}),
    borderRadius: 4,
    motion: false,
    fontFamily: 'inherit',
  };
  return (
    <ConfigProvider
      button={{ autoInsertSpace: false }}
      theme={{ algorithm, token }}
      locale={language === 'zh-CN' ? zhTexts : enTexts}
    >
      <Session />
    </ConfigProvider>
  );
}

function Session() {
  const session = useQuery({ queryKey: ['session'], queryFn: () => ask<{ tenant: string }>('/api/v1/session') });
  const signedOut = session.error instanceof ApiError && session.error.status === 401;
  useLive(session.data !== undefined && !signedOut);
  const { t } = useWords();
  const [keysShown, showKeys] = useKeys();
  return (
    <>
      <a className="skip" href="#content">
        {t('nav.skip')}
      </a>
      <Header signedIn={session.data !== undefined && !signedOut} showKeys={() => showKeys(!keysShown)} />
      {keysShown && <KeyList close={() => showKeys(false)} />}
      <main id="content" tabIndex={-1}>
        {signedOut ? <SignIn /> : <Answered query={session}>{() => <Page />}</Answered>}
      </main>
    </>
  );
}

function Header({ signedIn, showKeys }: { readonly signedIn: boolean; readonly showKeys: () => void }) {
  const { t, language } = useWords();
  const theme = useTheme();
  const { path } = useAddress();
  const places = [
    ['/', t('nav.incidents')],
    ['/events', t('nav.events')],
    ['/sources', t('nav.sources')],
  ] as const;
  const isHere = (place: string): boolean => path === place || (place === '/' && path.startsWith('/incidents/'));
  const signOut = async (): Promise<void> => {
    await ask('/api/v1/session', { method: 'DELETE' });
    location.assign('/');
  };
  return (
    <header>
      <strong>{language === 'zh-CN' ? '玉衡' : 'Yuheng'}</strong>
      {signedIn && (
        <nav>
          {places.map(([place, name]) => (
            <Link key={place} href={place} aria-current={isHere(place) ? 'page' : undefined}>
              {name}
            </Link>
          ))}
        </nav>
      )}
      <div className="switches">
        <Button
          type="text"
          lang={language === 'en' ? 'zh-CN' : 'en'}
          onClick={() => chooseLanguage(language === 'en' ? 'zh-CN' : 'en')}
        >
          {language === 'en' ? '中文' : 'English'}
        </Button>
        <Button type="text" onClick={() => chooseTheme(theme === 'dark' ? 'light' : 'dark')}>
          {theme === 'dark' ? t('theme.light') : t('theme.dark')}
        </Button>
        {signedIn && (
          <>
            <Button type="text" className="wide" onClick={showKeys}>
              {t('nav.keys')} <kbd>?</kbd>
            </Button>
            <Button type="text" onClick={() => void signOut()}>
              {t('nav.signOut')}
            </Button>
          </>
        )}
      </div>
    </header>
  );
}

function Page() {
  const address = useAddress();
  const { t } = useWords();
  const incident = /^\/incidents\/([0-9a-f]{32})$/.exec(address.path)?.[1];
  const page = incident ? <Incident key={incident} uid={incident} /> : PAGES[address.path];
  return <Suspense fallback={<Loading />}>{page ?? <Empty text={t('notFound')} />}</Suspense>;
}

const PAGES: { readonly [path: string]: React.JSX.Element } = {
  '/': <Incidents />,
  '/events': <Events />,
  '/sources': <Sources />,
};
