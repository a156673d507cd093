import { Button, Segmented } from 'antd';
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { go, useAddress, withParams } from '../data/address.ts';
import { ask } from '../data/api.ts';
import { STATUSES, type Incident, type Listed, type Status } from '../data/shapes.ts';
import { countText, levelOf, timeText, zoneText } from '../data/text.ts';
import { useWords } from '../locales/languages.ts';
import { Link } from '../parts/link.tsx';
import { Moment } from '../parts/moment.tsx';
import { Severity } from '../parts/severity.tsx';
import { Answered, Empty } from '../parts/states.tsx';

/** Incidents of one page. */
const PAGE = 50;

/** Incidents by state, the latest first. */
export function Incidents() {
  const address = useAddress();
  const { t } = useWords();
  const asked = STATUSES.find((status) => status === address.params.get('status')) ?? 'new';
  const cursor = address.params.get('cursor');
  const order = address.params.get('order') === 'asc' ? 'asc' : 'desc';
  const lists = useQueries({
    queries: STATUSES.map((status) => {
      const after = status === asked && cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      return {
        queryKey: ['incidents', status, order, after],
        queryFn: () => ask<Listed<Incident>>(`/api/v1/incidents?limit=${PAGE}&order=${order}&status=${status}${after}`),
        placeholderData: keepPreviousData,
      };
    }),
  });
  const options = STATUSES.map((status, index) => ({
    value: status,
    label: `${t(`status.${status}`)} ${shown(lists[index]?.data)}`,
  }));
  return (
    <Answered query={lists[STATUSES.indexOf(asked)]!}>
      {(list) => (
        <>
          <h1>
            <Answer list={list} status={asked} />
          </h1>
          <Segmented<Status>
            aria-label={t('incidents.filter')}
            value={asked}
            options={options}
            onChange={(status) =>
              go(withParams(address, { status: status === 'new' ? undefined : status, cursor: undefined }))
            }
          />
          {list.items.length > 0 ? (
            <Table incidents={list.items} order={order} />
          ) : asked === 'new' ? (
            <Empty text={t('incidents.empty')} command="yuheng ingest <files>" />
          ) : (
            <Empty text={t('incidents.emptyOther')} />
          )}
          <p className="pager">
            {cursor && (
              <Button onClick={() => go(withParams(address, { cursor: undefined }))}>{t('incidents.firstPage')}</Button>
            )}
            {list.next && (
              <Button onClick={() => go(withParams(address, { cursor: list.next! }))}>{t('incidents.nextPage')}</Button>
            )}
          </p>
        </>
      )}
    </Answered>
  );
}

/** The first line: how many, and the worst of them. */
function Answer({ list, status }: { readonly list: Listed<Incident>; readonly status: Status }) {
  const { t, language } = useWords();
  const worst = list.items.toSorted((a, b) => b.unmapped.score - a.unmapped.score)[0];
  return t(list.next ? 'incidents.answerMore' : 'incidents.answer', {
    count: list.items.length,
    shown: shown(list),
    status: t(`incidents.inSentence.${status}`),
    title: worst?.unmapped.titles[language],
    since: worst && timeText(worst.start_time),
  });
}

function Table({ incidents, order }: { readonly incidents: readonly Incident[]; readonly order: 'asc' | 'desc' }) {
  const { t, language } = useWords();
  const address = useAddress();
  const turned = withParams(address, { order: order === 'desc' ? 'asc' : undefined, cursor: undefined });
  return (
    <table className="cards">
      <thead>
        <tr>
          <th scope="col">{t('incidents.severity')}</th>
          <th scope="col">{t('incidents.incident')}</th>
          <th scope="col" aria-sort={order === 'asc' ? 'ascending' : 'descending'}>
            <Link href={turned} title={t('incidents.turn')}>
              {t('incidents.first')} {order === 'asc' ? '↑' : '↓'}
            </Link>{' '}
            <span className="dim">({zoneText(incidents[0]!.start_time)})</span>
          </th>
          <th scope="col">{t('incidents.last')}</th>
          <th scope="col" className="n">
            {t('incidents.findings')}
          </th>
          <th scope="col" className="n">
            {t('incidents.score')}
          </th>
        </tr>
      </thead>
      <tbody>
        {incidents.map(({ unmapped, severity_id, start_time, time, finding_info_list }) => (
          <tr key={unmapped.uid}>
            <td data-label={t('incidents.severity')}>
              <Severity level={levelOf(severity_id)} />
            </td>
            <td className="main">
              <Link href={`/incidents/${unmapped.uid}`} data-row>
                {unmapped.titles[language]}
              </Link>
            </td>
            <td className="t" data-label={t('incidents.first')}>
              <Moment ms={start_time} />
            </td>
            <td className="t" data-label={t('incidents.last')}>
              <Moment ms={time} />
            </td>
            <td className="n" data-label={t('incidents.findings')}>
              {countText(finding_info_list.length)}
            </td>
            <td className="n" data-label={t('incidents.score')}>
              {unmapped.score}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How many there are, as far as this page knows. */
function shown(list: Listed<Incident> | undefined): string {
  return list ? `${list.items.length}${list.next ? '+' : ''}` : '';
}
