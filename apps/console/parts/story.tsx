import type { Story as StoryShape, Told } from '../data/shapes.ts';
import { useWords } from '../locales/languages.ts';
import { entityKey } from './graph-layout.ts';
import { Moment } from './moment.tsx';
import { Severity } from './severity.tsx';

/** What happened, by ATT&CK tactic, each finding one sentence. */
export function Story({ chapters, lit, light }: StoryProps) {
  const { t, language } = useWords();
  return (
    <section>
      <h2>{t('incident.story')}</h2>
      {chapters.map(({ tactic, names, findings }) => (
        <section key={tactic}>
          <h3>{tactic ? names[language] : t('incident.otherTactic')}</h3>
          <ol className="story">
            {findings.map((finding) => (
              <Sentence key={finding.uid} finding={finding} lit={lit} light={light} />
            ))}
          </ol>
        </section>
      ))}
    </section>
  );
}

interface StoryProps {
  readonly chapters: StoryShape['chapters'];
  readonly lit: ReadonlySet<string>;
  readonly light: (keys: readonly string[]) => void;
}

function Sentence({ finding, lit, light }: { readonly finding: Told } & Pick<StoryProps, 'lit' | 'light'>) {
  const { t, language } = useWords();
  const { uid, titles, level, time, count, sentences, entities } = finding;
  const keys = entities.map(entityKey);
  const pieces = sentences[language];
  const isLit = lit.size > 0 && [...lit].every((key) => keys.includes(key));
  return (
    <li className={isLit ? 'lit' : undefined} onMouseEnter={() => light(keys)} onMouseLeave={() => light([])}>
      <span className="when">
        <Moment ms={time} /> ·{' '}
        <a href={`#f-${uid}`} data-row onClick={() => document.getElementById(`f-${uid}`)?.setAttribute('open', '')}>
          {t('incident.evidence')}
        </a>
      </span>
      <Severity level={level} /> {titles[language]}
      {count > 1 && <span className="dim"> ({t('incident.times', { count })})</span>}
      {pieces.length > 0 && (language === 'en' ? ' — ' : '：')}
      {pieces.map((piece, index) => ('words' in piece ? piece.words : <code key={index}>{piece.value}</code>))}
    </li>
  );
}
