import { Button, Input } from 'antd';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { go, useAddress, withParams, type Address } from '../data/address.ts';
import { searchEvents, type Matching } from '../data/event-search.ts';
import { FIELDS, filterHref, filtersOf } from '../data/filters.ts';
import { countText, timeText } from '../data/text.ts';
import { useWords } from '../locales/languages.ts';
import { EventTable } from './event-table.tsx';
import { Histogram } from './histogram.tsx';
import { Link } from './link.tsx';
import { Answered, Empty } from './states.tsx';

/** Events by text, values and time. */
export function EventFilters() {
  const { t } = useWords();
  const address = useAddress();
  const text = address.params.get('text') ?? '';
  const found = useQuery({
    queryKey: ['events', address.params.toString()],
    queryFn: () => searchEvents(address),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className="search" data-search>
        <Input.Search
          key={text}
          aria-label={t('events.search')}
          placeholder={t('events.search')}
          defaultValue={text}
          enterButton={t('events.searchButton')}
          loading={found.isFetching}
          allowClear
          onSearch={(value) => go(withParams(address, { text: value.trim(), before: undefined }))}
        />
      </div>
      <Chips address={address} />
      <Answered query={found}>{(matching) => <Results matching={matching} address={address} />}</Answered>
    </>
  );
}

/** The filters in force; each goes away by a click. */
function Chips({ address }: { readonly address: Address }) {
  const { t } = useWords();
  const { params } = address;
  const [from, to] = [params.get('from'), params.get('to')].map((text) => (text ? timeText(Number(text)) : '…'));
  const chips = [
    ...filtersOf(address).map(({ param, field, not, value }) => ({
      words: `${t(`events.${field}`)} ${not ? '≠' : '='} ${value}`,
      href: withParams(address, { [param]: undefined, before: undefined }),
    })),
    ...(params.has('from') || params.has('to')
      ? [
          {
            words: t('events.between', { from, to }),
            href: withParams(address, { from: undefined, to: undefined, before: undefined }),
          },
        ]
      : []),
  ];
  return (
    <p className="chips">
      {chips.map(({ words, href }) => (
        <Button key={words} size="small" onClick={() => go(href)} aria-label={t('events.remove', { filter: words })}>
          {words} ×
        </Button>
      ))}
    </p>
  );
}

function Results({ matching, address }: { readonly matching: Matching; readonly address: Address }) {
  const { t } = useWords();
  const { count, fromMs, toMs, rows, before } = matching;
  if (count === 0) {
    const isFiltered = [...address.params.keys()].length > 0;
    return (
      <>
        <h1>{t('events.answerNone')}</h1>
        {isFiltered ? (
          <Empty text={t('events.emptyFiltered')} />
        ) : (
          <Empty text={t('events.empty')} command="yuheng ingest <files>" />
        )}
      </>
    );
  }
  return (
    <>
      <h1>{t('events.answer', { shown: countText(count), from: timeText(fromMs), to: timeText(toMs) })}</h1>
      <Histogram matching={matching} />
      <Statistics matching={matching} />
      <EventTable rows={rows} />
      <p className="pager">
        {address.params.has('before') && (
          <Button onClick={() => go(withParams(address, { before: undefined }))}>{t('events.newest')}</Button>
        )}
        {before !== undefined && (
          <Button onClick={() => go(withParams(address, { before: String(before) }))}>{t('events.older')}</Button>
        )}
      </p>
    </>
  );
}

/** The commonest values of each field; each is a filter. */
function Statistics({ matching }: { readonly matching: Matching }) {
  const { t } = useWords();
  return (
    <section aria-label={t('events.statistics')} className="facts">
      {FIELDS.map((field) => (
        <div key={field}>
          <h2 className="dt">{t(`events.${field}`)}</h2>
          {matching.top[field].length === 0 && <span className="dim">{t('events.none')}</span>}
          <ol className="top">
            {matching.top[field].map(({ value, n }) => (
              <li key={value}>
                <Link href={filterHref(field, value)}>{value}</Link>
                <span className="dim">{countText(n)}</span>
                <span className="share" style={{ width: `${(n / matching.count) * 100}%` }} />
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}
