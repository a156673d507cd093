import { Button } from 'antd';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../data/api.ts';
import type { FilterName } from '../data/filters.ts';
import type { Incident as IncidentShape, Story as StoryShape } from '../data/shapes.ts';
import { countText, levelOf, timeText, zoneText } from '../data/text.ts';
import { useWords } from '../locales/languages.ts';
import { Evidence } from '../parts/evidence.tsx';
import { Graph } from '../parts/graph.tsx';
import { Link } from '../parts/link.tsx';
import { Moment } from '../parts/moment.tsx';
import { Severity } from '../parts/severity.tsx';
import { Answered } from '../parts/states.tsx';
import { Story } from '../parts/story.tsx';
import { TriageState } from '../parts/triage.tsx';
import { Value } from '../parts/value.tsx';

/** Hosts or users named in the facts; the rest is counted. */
const MAX_NAMED = 5;

/** One incident, from headline to raw record. */
export function Incident({ uid }: { readonly uid: string }) {
  const { t, language } = useWords();
  const incident = useQuery({
    queryKey: ['incident', uid],
    queryFn: () => ask<IncidentShape>(`/api/v1/incidents/${uid}`),
  });
  return (
    <Answered query={incident}>
      {(found) => (
        <article>
          <p className="crumb">
            <Link href="/">← {t('incident.back')}</Link>
            <span className="actions">
              <a href={`/api/v1/incidents/${uid}`} download={`${uid}.json`}>
                {t('incident.export')}
              </a>
              <Button href={`/api/v1/incidents/${uid}/report?language=${language}`} download>
                {t('incident.exportReport')}
              </Button>
            </span>
          </p>
          <h1>
            {t('incident.summary', {
              title: found.unmapped.titles[language],
              from: timeText(found.start_time),
              to: timeText(found.time),
            })}
          </h1>
          <Facts incident={found} />
          <Told incident={found} />
        </article>
      )}
    </Answered>
  );
}

function Facts({ incident }: { readonly incident: IncidentShape }) {
  const { t } = useWords();
  const { score, parts, uid } = incident.unmapped;
  const counted = parts.filter(({ value }) => value > 0);
  const sum = counted.map(({ name, value }) => `${value} ${t(`incident.parts.${name}` as 'incident.parts.rules')}`);
  return (
    <dl className="facts">
      <div>
        <dt>{t('incident.severity')}</dt>
        <dd>
          <Severity level={levelOf(incident.severity_id)} />
          <span className="dim block">{t('incident.score', { score, parts: sum.join(' + ') })}</span>
        </dd>
      </div>
      <div>
        <dt>
          {t('incident.seen')} ({zoneText(incident.time)})
        </dt>
        <dd>
          <Moment ms={incident.start_time} />
          <br />
          <Moment ms={incident.time} />
        </dd>
      </div>
      <Named incident={incident} kind="host" title={t('incident.hosts')} />
      <Named incident={incident} kind="user" title={t('incident.users')} />
      <div>
        <dt>{t('incident.statusAndOwner')}</dt>
        <dd>
          <TriageState uid={uid} />
        </dd>
      </div>
    </dl>
  );
}

function Named({
  incident,
  kind,
  title,
}: {
  readonly incident: IncidentShape;
  readonly kind: FilterName;
  readonly title: string;
}) {
  const all = incident.unmapped.entities.filter((entity) => entity.kind === kind);
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {all.length === 0 && '–'}
        {all.slice(0, MAX_NAMED).map(({ value }) => (
          <Value key={value} field={kind} value={value} />
        ))}
        {all.length > MAX_NAMED && ` +${all.length - MAX_NAMED}`}
      </dd>
    </div>
  );
}

/** Everything that needs the story. */
function Told({ incident }: { readonly incident: IncidentShape }) {
  const { t, language } = useWords();
  const { uid, rules } = incident.unmapped;
  const [lit, light] = useState<ReadonlySet<string>>(new Set());
  const story = useQuery({
    queryKey: ['story', uid],
    queryFn: () => ask<StoryShape>(`/api/v1/incidents/${uid}/story`),
  });
  return (
    <Answered query={story}>
      {({ chapters, untold, next }) => {
        const findings = chapters.flatMap((chapter) => chapter.findings);
        const lightKeys = (keys: readonly string[]): void => light(new Set(keys));
        return (
          <>
            <Story chapters={chapters} lit={lit} light={lightKeys} />
            {untold > 0 && <p className="dim">{t('incident.untold', { count: untold })}</p>}
            <Graph findings={findings} lit={lit} light={lightKeys} />
            <h2 id="evidence">{t('incident.evidence')}</h2>
            {findings.map((finding) => (
              <Evidence key={finding.uid} finding={finding} />
            ))}
            <h2>{t('incident.known')}</h2>
            <p>
              {t('incident.knownText', {
                findings: countText(incident.finding_info_list.length),
                rules: countText(rules.length),
              })}
            </p>
            <h2>{t('incident.guessed')}</h2>
            <p>{t('incident.guessedText')}</p>
            <h2>{t('incident.next')}</h2>
            <ol>
              {next[language].map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </>
        );
      }}
    </Answered>
  );
}
