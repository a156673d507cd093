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
import { KeyList, useKeys, type Overlay } from './parts/keys.tsx';
import { Link } from './parts/link.tsx';
import { PAGES } from './parts/pages.ts';
import { Palette } from './parts/palette.tsx';
import { Answered, Empty, Loading } from './parts/states.tsx';
import { Incidents } from './pages/incidents.tsx';
import { SignIn } from './pages/sign-in.tsx';

const Incident = lazy(async () => ({ default: (await import('./pages/incident.tsx')).Incident }));
const Events = lazy(async () => ({ default: (await import('./pages/events.tsx')).Events }));
const Operations = lazy(async () => ({ default: (await import('./pages/operations.tsx')).Operations }));
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
  const signedIn = session.data !== undefined && !signedOut;
  const [overlay, show] = useKeys(signedIn);
  useLive(signedIn);
  const { t } = useWords();
  return (
    <>
      <a className="skip" href="#content">
        {t('nav.skip')}
      </a>
      <Header signedIn={signedIn} show={show} />
      {overlay === 'keys' && <KeyList close={() => show(undefined)} />}
      {overlay === 'palette' && <Palette close={() => show(undefined)} showKeys={() => show('keys')} />}
      <main id="content" tabIndex={-1}>
        {signedOut ? <SignIn /> : <Answered query={session}>{() => <Page />}</Answered>}
      </main>
    </>
  );
}

function Header({ signedIn, show }: { readonly signedIn: boolean; readonly show: (overlay: Overlay) => void }) {
  const { t, language } = useWords();
  const theme = useTheme();
  const { path } = useAddress();
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
          {PAGES.map((page) => (
            <Link key={page.path} href={page.path} aria-current={isHere(page.path) ? 'page' : undefined}>
              {t(`nav.${page.name}`)}
            </Link>
          ))}
        </nav>
      )}
      <div className="switches">
        {signedIn && (
          <Button type="text" className="wide" onClick={() => show('palette')}>
            {t('palette.open')} <kbd>Ctrl K</kbd>
          </Button>
        )}
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
            <Button type="text" className="wide" onClick={() => show('keys')}>
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
  const page = incident ? <Incident key={incident} uid={incident} /> : PAGE_OF[address.path];
  return <Suspense fallback={<Loading />}>{page ?? <Empty text={t('notFound')} />}</Suspense>;
}

const PAGE_OF: { readonly [path: string]: React.JSX.Element } = {
  '/': <Incidents />,
  '/events': <Events />,
  '/sources': <Sources />,
  '/operations': <Operations />,
};
