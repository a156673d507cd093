import { Segmented } from 'antd';
import { go, useAddress } from '../data/address.ts';
import { useWords } from '../locales/languages.ts';
import { EventFilters } from '../parts/event-filters.tsx';
import { SqlSearch } from '../parts/sql-search.tsx';

/** Events, by filters or by SQL. */
export function Events() {
  const { t } = useWords();
  const { params } = useAddress();
  const mode = params.has('sql') ? 'sql' : 'filters';
  const options = [
    { value: 'filters', label: t('events.filters') },
    { value: 'sql', label: t('events.sql') },
  ];
  return (
    <>
      <Segmented
        aria-label={t('events.mode')}
        value={mode}
        options={options}
        onChange={(to) => go(to === 'sql' ? '/events?sql=' : '/events')}
      />
      {mode === 'sql' ? <SqlSearch /> : <EventFilters />}
    </>
  );
}
