import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../data/api.ts';
import { FIELDS } from '../data/filters.ts';
import type { Explanation, Reason, Told } from '../data/shapes.ts';
import { useWords } from '../locales/languages.ts';
import { Marked } from './marked.tsx';
import { Moment } from './moment.tsx';
import { Severity } from './severity.tsx';
import { Failure, Loading } from './states.tsx';
import { Value } from './value.tsx';

/** One finding down to its record: what matched, what it names, where it stands, the event, the record as it came. */
export function Evidence({ finding }: { readonly finding: Told }) {
  const { language } = useWords();
  const { uid, titles, level, time, event, raw } = finding;
  const [opened, open] = useState(false);
  const explanation = useQuery({
    queryKey: ['explanation', uid],
    queryFn: () => ask<Explanation>(`/api/v1/findings/${uid}/explanation`),
    enabled: opened,
    staleTime: Infinity,
  });
  const reasons = explanation.data?.reasons ?? NONE;
  return (
    <details id={`f-${uid}`} onToggle={(toggled) => open(toggled.currentTarget.open)}>
      <summary>
        <span className="when">
          <Moment ms={time} />
        </span>{' '}
        <Severity level={level} /> {titles[language]}
      </summary>
      {opened && explanation.isPending ? (
        <Loading />
      ) : (
        <>
          {explanation.error && <Failure error={explanation.error} retry={() => void explanation.refetch()} />}
          <Reasons reasons={reasons} />
          <Named finding={finding} />
          <Record event={event} raw={raw} reasons={reasons} />
        </>
      )}
    </details>
  );
}

const NONE: readonly Reason[] = [];

/** The fields that matched. */
function Reasons({ reasons }: { readonly reasons: readonly Reason[] }) {
  const { t } = useWords();
  if (reasons.length === 0) return null;
  return (
    <>
      <h4>{t('incident.matched')}</h4>
      <dl className="pairs">
        {reasons.map(({ field, value }) => (
          <div key={`${field} ${value}`}>
            <dt>{field || t('incident.keyword')}</dt>
            <dd>
              <mark>{value}</mark>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** What the finding names, and where it stands. */
function Named({ finding: { entities, file, record } }: { readonly finding: Told }) {
  const { t } = useWords();
  return (
    <>
      <h4>{t('incident.names')}</h4>
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
    </>
  );
}

/** An event and the record that it was read from; what made a rule match is marked in both. */
export function Record({
  event,
  raw,
  reasons = NONE,
}: Pick<Told, 'event' | 'raw'> & { readonly reasons?: readonly Reason[] }) {
  const { t } = useWords();
  return (
    <>
      <h4>{t('incident.raw')}</h4>
      <Marked text={raw} reasons={reasons} />
      <h4>{t('incident.event')}</h4>
      <Marked text={JSON.stringify(event, null, 2)} reasons={reasons} />
    </>
  );
}
