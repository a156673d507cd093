import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { go } from '../data/address.ts';
import { useWords } from '../locales/languages.ts';
import { PAGES } from './pages.ts';

/** What the keys have opened over the page. */
export type Overlay = 'keys' | 'palette' | undefined;

/** Listens to all keys, once somebody is signed in. */
export function useKeys(signedIn: boolean): readonly [Overlay, (overlay: Overlay) => void] {
  const [overlay, show] = useState<Overlay>();
  useEffect(() => {
    if (!signedIn) return;
    const toggle = (asked: Overlay): void => show((before) => (before === asked ? undefined : asked));
    const press = (event: KeyboardEvent): void => {
      if (isPaletteKey(event)) toggle('palette');
      else if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      else if (event.key === '?') toggle('keys');
      else if (KEYS.has(event.key)) KEYS.get(event.key)!();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [signedIn]);
  return [overlay, show];
}

function isPaletteKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'k' && ctrlKey !== metaKey && !altKey && !shiftKey;
}

/** What each key does; Enter is the browser's own. */
const KEYS = new Map<string, () => void>([
  ['/', search],
  ['j', () => step(1)],
  ['k', () => step(-1)],
  ['e', () => document.getElementById('evidence')?.scrollIntoView()],
  ...PAGES.map(({ letter, path }): [string, () => void] => [letter, () => go(path)]),
]);

function search(): void {
  const field = document.querySelector<HTMLElement>('[data-search] :is(input, textarea)');
  if (field) field.focus();
  else go('/events');
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('input:not([type=radio]), textarea, select, [contenteditable]')
  );
}

/** Moves the focus by rows. */
function step(by: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
}

/** All keys. */
export function KeyList({ close }: { readonly close: () => void }) {
  const { t } = useWords();
  const all = [
    ['/', t('keys.search')],
    ['j', t('keys.next')],
    ['k', t('keys.previous')],
    ['Enter', t('keys.open')],
    ['e', t('incident.evidence')],
    ...PAGES.map(({ letter, name }) => [letter, t(`nav.${name}`)] as const),
    ['Ctrl K', t('palette.title')],
    ['?', t('keys.help')],
  ];
  return (
    <aside className="keys" aria-label={t('keys.title')}>
      <dl>
        {all.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <Button size="small" onClick={close}>
        {t('keys.close')}
      </Button>
    </aside>
  );
}
