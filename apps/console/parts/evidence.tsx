import type { Told } from '../data/shapes.ts';
import { FIELDS } from '../data/filters.ts';
import { useWords } from '../locales/languages.ts';
import { Moment } from './moment.tsx';
import { Severity } from './severity.tsx';
import { Value } from './value.tsx';

/** One finding down to its record: what it names, where it stands, the event, the record as it came. */
export function Evidence({ finding }: { readonly finding: Told }) {
  const { t, language } = useWords();
  const { uid, titles, level, time, entities, file, record, event, raw } = finding;
  return (
    <details id={`f-${uid}`}>
      <summary>
        <span className="when">
          <Moment ms={time} />
        </span>{' '}
        <Severity level={level} /> {titles[language]}
      </summary>
      <dl className="pairs">
        {entities.map(({ kind, value, label }) => (
          <div key={`${kind} ${value}`}>
            <dt>{t(`kind.${kind}` as 'kind.host')}</dt>
            <dd>
              <Value field={FIELDS.find((field) => field === kind)} value={label} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('incident.source')}</dt>
          <dd>{t('incident.record', { file, record })}</dd>
        </div>
      </dl>
      <Record event={event} raw={raw} />
    </details>
  );
}

/** An event and the record that it was read from. */
export function Record({ event, raw }: Pick<Told, 'event' | 'raw'>) {
  const { t } = useWords();
  return (
    <>
      <h4>{t('incident.raw')}</h4>
      <pre tabIndex={0}>{raw}</pre>
      <h4>{t('incident.event')}</h4>
      <pre tabIndex={0}>{JSON.stringify(event, null, 2)}</pre>
    </>
  );
}
