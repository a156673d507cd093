import { filterHref } from '../data/filters.ts';
import type { Silence } from '../data/operations.ts';
import { levelOf, zoneText } from '../data/text.ts';
import { useWords } from '../locales/languages.ts';
import { Link } from './link.tsx';
import { Moment } from './moment.tsx';
import { Severity } from './severity.tsx';

/** Sources that fell silent, and whether they speak again. */
export function Silences({ silences }: { readonly silences: readonly Silence[] }) {
  const { t } = useWords();
  return (
    <table className="cards" aria-label={t('operations.silences')}>
      <thead>
        <tr>
          <th scope="col">{t('incidents.severity')}</th>
          <th scope="col">{t('operations.what')}</th>
          <th scope="col">
            {t('sources.last')} <span className="dim">({zoneText(silences[0]!.unmapped.last_received)})</span>
          </th>
          <th scope="col">{t('operations.since')}</th>
          <th scope="col">{t('operations.ended')}</th>
        </tr>
      </thead>
      <tbody>
        {silences.map((silence) => (
          <Row key={silence.finding_info.uid} silence={silence} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ silence: { severity_id, unmapped } }: { readonly silence: Silence }) {
  const { t, language } = useWords();
  const { titles, source, last_received, since, ended } = unmapped;
  return (
    <tr>
      <td data-label={t('incidents.severity')}>
        <Severity level={levelOf(severity_id)} />
      </td>
      <td className="main">
        <Link href={filterHref('source', source)} data-row>
          {titles[language]}
        </Link>
      </td>
      <td className="t" data-label={t('sources.last')}>
        <Moment ms={last_received} />
      </td>
      <td className="t" data-label={t('operations.since')}>
        <Moment ms={since} />
      </td>
      <td className="t" data-label={t('operations.ended')}>
        {ended === undefined ? <span className="bad">{t('operations.stillSilent')}</span> : <Moment ms={ended} />}
      </td>
    </tr>
  );
}
