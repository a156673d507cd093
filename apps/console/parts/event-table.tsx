import { Fragment, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { readEvent, type EventRow } from '../data/event-search.ts';
import { zoneText } from '../data/text.ts';
import { useWords } from '../locales/languages.ts';
import { Record } from './evidence.tsx';
import { Moment } from './moment.tsx';
import { Answered } from './states.tsx';
import { Value } from './value.tsx';

/** Events, the latest first; a row opens to the event and its record. */
export function EventTable({ rows }: { readonly rows: readonly EventRow[] }) {
  const { t } = useWords();
  const [opened, open] = useState<string>();
  return (
    <table className="cards events">
      <thead>
        <tr>
          <th scope="col">
            {t('events.time')} <span className="dim">({zoneText(rows[0]?.ms ?? 0)})</span>
          </th>
          <th scope="col">{t('events.source')}</th>
          <th scope="col">{t('events.host')}</th>
          <th scope="col">{t('events.raw')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Fragment key={row.uid}>
            <tr>
              <td className="t">
                <button
                  type="button"
                  className="plain"
                  data-row
                  aria-expanded={opened === row.uid}
                  title={opened === row.uid ? t('events.hide') : t('events.show')}
                  onClick={() => open(opened === row.uid ? undefined : row.uid)}
                >
                  <span aria-hidden="true">{opened === row.uid ? '▾' : '▸'}</span> <Moment ms={row.ms} />
                </button>
              </td>
              <td data-label={t('events.source')}>
                <Value field="source" value={row.source} />
              </td>
              <td data-label={t('events.host')}>
                {row.host ? <Value field="host" value={row.host} /> : <span>–</span>}
              </td>
              <td className="rawline">
                <code>{row.raw_data}</code>
              </td>
            </tr>
            {opened === row.uid && (
              <tr>
                <td colSpan={4} className="opened">
                  <Opened row={row} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function Opened({ row }: { readonly row: EventRow }) {
  const event = useQuery({ queryKey: ['event', row.uid], queryFn: () => readEvent(row.uid), staleTime: Infinity });
  return <Answered query={event}>{(whole) => <Record event={whole} raw={row.raw_data} />}</Answered>;
}
