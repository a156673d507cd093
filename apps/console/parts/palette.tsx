import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { go } from '../data/address.ts';
import { ask } from '../data/api.ts';
import { choose, type Choice, type ChoiceGroup } from '../data/choices.ts';
import { useDelayed } from '../data/delayed.ts';
import { filterHref } from '../data/filters.ts';
import { chooseTheme, useTheme } from '../data/settings.ts';
import type { Incident, Listed } from '../data/shapes.ts';
import { levelOf } from '../data/text.ts';
import { chooseLanguage, useWords } from '../locales/languages.ts';
import { Moment } from './moment.tsx';
import { PAGES } from './pages.ts';
import { Severity } from './severity.tsx';

/** Incidents offered at once. */
const MAX_INCIDENTS = 8;
/** A pause in typing after which the server is asked, ms. */
const PAUSE_MS = 150;
/** What the API takes. */
const MAX_TEXT = 200;

/** Goes anywhere and does anything by a few letters. */
export function Palette({ close, showKeys }: { readonly close: () => void; readonly showKeys: () => void }) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const fixed = useFixedChoices(showKeys);
  const incidents = useIncidents(text.trim());
  const groups = [...choose(fixed, text), ...incidents, ...eventsChoice(text.trim(), t)];
  const choices = groups.flatMap((group) => group.choices);
  const current = Math.min(at, choices.length - 1);
  useEffect(() => {
    const shown = dialog.current!;
    shown.showModal();
    return () => shown.close();
  }, []);
  const run = (choice: Choice | undefined): void => {
    if (!choice) return;
    close();
    choice.run();
  };
  const press = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.nativeEvent.isComposing) return;
    if (by) setAt((current + by + choices.length) % choices.length);
    else if (event.key === 'Enter') run(choices[current]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('palette.title')}
      onClose={close}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls="choices"
        aria-autocomplete="list"
        aria-activedescendant={choices[current] && idOf(choices[current])}
        aria-label={t('palette.title')}
        placeholder={t('palette.placeholder')}
        maxLength={MAX_TEXT}
        spellCheck={false}
        autoFocus
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div role="listbox" id="choices" aria-label={t('palette.title')}>
        {groups.map((group) => (
          <Group key={group.title} group={group} current={choices[current]} run={run} />
        ))}
      </div>
    </dialog>
  );
}

function Group({ group: { title, choices }, current, run }: GroupProps) {
  return (
    <div role="group" aria-label={title}>
      <div className="dt" aria-hidden="true">
        {title}
      </div>
      {choices.map((choice) => (
        <Option key={choice.key} choice={choice} isCurrent={choice.key === current?.key} run={run} />
      ))}
    </div>
  );
}

interface GroupProps {
  readonly group: ChoiceGroup;
  readonly current: Choice | undefined;
  readonly run: (choice: Choice) => void;
}

function Option({
  choice,
  isCurrent,
  run,
}: {
  readonly choice: Choice;
  readonly isCurrent: boolean;
  readonly run: GroupProps['run'];
}) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isCurrent) element.current!.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  return (
    <div ref={element} role="option" id={idOf(choice)} aria-selected={isCurrent} onClick={() => run(choice)}>
      <span>{choice.name}</span>
      <span className="note">{choice.note}</span>
    </div>
  );
}

function idOf({ key }: Choice): string {
  return `choice-${key}`;
}

/** Pages and settings. */
function useFixedChoices(showKeys: () => void): ChoiceGroup[] {
  const { t, language } = useWords();
  const theme = useTheme();
  const pages = PAGES.map(({ path, name, letter }) => ({
    key: name,
    name: t(`nav.${name}`),
    note: <kbd>{letter}</kbd>,
    run: () => go(path),
  }));
  const settings = [
    {
      key: 'theme',
      name: theme === 'dark' ? t('palette.light') : t('palette.dark'),
      run: () => chooseTheme(theme === 'dark' ? 'light' : 'dark'),
    },
    {
      key: 'language',
      name: language === 'en' ? '切换到中文' : 'Switch to English',
      run: () => chooseLanguage(language === 'en' ? 'zh-CN' : 'en'),
    },
    { key: 'keys', name: t('keys.title'), note: <kbd>?</kbd>, run: showKeys },
  ];
  return [
    { title: t('palette.pages'), choices: pages },
    { title: t('palette.settings'), choices: settings },
  ];
}

/** The latest incidents, or those that the text finds. */
function useIncidents(text: string): ChoiceGroup[] {
  const { t, language } = useWords();
  const asked = useDelayed(text, PAUSE_MS);
  const found = useQuery({
    queryKey: ['incidents', 'palette', asked],
    queryFn: () =>
      ask<Listed<Incident>>(
        `/api/v1/incidents?limit=${MAX_INCIDENTS}&order=desc${asked && `&text=${encodeURIComponent(asked)}`}`,
      ),
  });
  const items = found.data?.items ?? [];
  // What was found for other letters is not offered: Enter would take it.
  if (items.length === 0 || asked !== text) return [];
  const choices = items.map(({ unmapped: { uid, titles }, severity_id, start_time }) => ({
    key: uid,
    name: titles[language],
    note: (
      <>
        <Severity level={levelOf(severity_id)} /> <Moment ms={start_time} />
      </>
    ),
    run: () => go(`/incidents/${uid}`),
  }));
  return [{ title: asked ? t('palette.found') : t('palette.recent'), choices }];
}

function eventsChoice(text: string, t: ReturnType<typeof useWords>['t']): ChoiceGroup[] {
  if (text === '') return [];
  const choice = { key: 'text', name: t('palette.events', { text }), run: () => go(filterHref('text', text)) };
  return [{ title: t('palette.search'), choices: [choice] }];
}
