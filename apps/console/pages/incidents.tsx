import { Button, Input, Segmented, Select } from 'antd';
import { useCallback } from 'react';
import { go, useAddress, withParams } from '../data/address.ts';
import { listQueryOf, useIncidentCounts, useIncidentList, type ListQuery, type Tab } from '../data/incident-list.ts';
import { LEVELS, STATUSES, type Incident, type Level } from '../data/shapes.ts';
import { countText, timeText } from '../data/text.ts';
import { useWords } from '../locales/languages.ts';
import { IncidentTable } from '../parts/incident-table.tsx';
import { Answered, Empty } from '../parts/states.tsx';

const TABS: readonly Tab[] = ['all', ...STATUSES];
/** What the API takes. */
const MAX_TEXT = 200;

/** Incidents by state, severity and text, the latest first. */
export function Incidents() {
  const query = listQueryOf(useAddress());
  const list = useIncidentList(query);
  const counts = useIncidentCounts(query);
  const totals = counts.data && { ...counts.data, all: STATUSES.reduce((sum, status) => sum + counts.data[status], 0) };
  const { hasNextPage, isFetching, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return (
    <Answered query={list}>
      {({ pages }) => {
        const rows = pages.flatMap(({ items, triage }) =>
          items.map((incident, index) => ({ incident, triage: triage[index]! })),
        );
        const total = Math.max(totals?.[query.tab] ?? 0, rows.length);
        return (
          <>
            <h1>
              <Answer incidents={rows.map(({ incident }) => incident)} total={total} tab={query.tab} />
            </h1>
            <Filters query={query} totals={totals} />
            {rows.length > 0 ? (
              <IncidentTable rows={rows} total={total} order={query.order} more={more} />
            ) : (
              <Nothing query={query} />
            )}
          </>
        );
      }}
    </Answered>
  );
}

/** The first line: how many, and the worst of them. */
function Answer({ incidents, total, tab }: AnswerProps) {
  const { t, language } = useWords();
  const worst = incidents.toSorted((a, b) => b.unmapped.score - a.unmapped.score)[0];
  return t(total > incidents.length ? 'incidents.answerMore' : 'incidents.answer', {
    count: total,
    shown: countText(total),
    loaded: countText(incidents.length),
    status: tab === 'all' ? '' : t(`incidents.inSentence.${tab}`),
    title: worst?.unmapped.titles[language],
    since: worst && timeText(worst.start_time),
  });
}

interface AnswerProps {
  readonly incidents: readonly Incident[];
  readonly total: number;
  readonly tab: Tab;
}

function Filters({ query, totals }: FiltersProps) {
  const { t } = useWords();
  const address = useAddress();
  const { tab, severity, text } = query;
  const tabs = TABS.map((value) => ({
    value,
    label: `${t(value === 'all' ? 'incidents.all' : `status.${value}`)} ${totals ? countText(totals[value]) : ''}`,
  }));
  const levels = [
    { value: '', label: t('incidents.anySeverity') },
    ...LEVELS.toReversed().map((level) => ({
      value: level,
      label: t('incidents.orWorse', { level: t(`level.${level}`) }),
    })),
  ];
  return (
    <div className="filters">
      <Segmented<Tab>
        aria-label={t('incidents.filter')}
        value={tab}
        options={tabs}
        onChange={(to) => go(withParams(address, { status: to === 'new' ? undefined : to }))}
      />
      <Select<Level | ''>
        aria-label={t('incidents.severity')}
        value={severity ?? ''}
        options={levels}
        onChange={(level) => go(withParams(address, { severity: level }))}
      />
      <div data-search>
        <Input.Search
          key={text}
          aria-label={t('incidents.search')}
          placeholder={t('incidents.search')}
          defaultValue={text}
          maxLength={MAX_TEXT}
          allowClear
          onSearch={(value) => go(withParams(address, { text: value.trim() }))}
        />
      </div>
    </div>
  );
}

interface FiltersProps {
  readonly query: ListQuery;
  readonly totals: { readonly [tab in Tab]: number } | undefined;
}

/** Why the list is empty, and what would fill it. */
function Nothing({ query: { tab, severity, text } }: { readonly query: ListQuery }) {
  const { t } = useWords();
  const address = useAddress();
  if (severity || text)
    return (
      <>
        <Empty text={t('incidents.emptyFiltered')} />
        <Button onClick={() => go(withParams(address, { severity: undefined, text: undefined }))}>
          {t('incidents.unfilter')}
        </Button>
      </>
    );
  if (tab === 'new' || tab === 'all') return <Empty text={t('incidents.empty')} command="yuheng ingest <files>" />;
  return <Empty text={t('incidents.emptyOther')} />;
}
