import { useQuery } from '@tanstack/react-query';
import { ask } from '../data/api.ts';
import { filterHref } from '../data/filters.ts';
import type { LedgerRow } from '../data/shapes.ts';
import { countText, zoneText } from '../data/text.ts';
import { useWords } from '../locales/languages.ts';
import { Link } from '../parts/link.tsx';
import { Moment } from '../parts/moment.tsx';
import { Answered, Empty } from '../parts/states.tsx';

/** Where records come from, and the books: received = stored + pending + rejected. */
export function Sources() {
  const { t } = useWords();
  const ledger = useQuery({
    queryKey: ['ledger'],
    queryFn: () => ask<{ sources: readonly LedgerRow[] }>('/api/v1/ledger'),
  });
  return (
    <Answered query={ledger}>
      {({ sources }) => {
        const wrong = sources.filter((row) => !balances(row)).length;
        return (
          <>
            <h1>
              {wrong > 0 ? t('sources.unbalanced', { count: wrong }) : t('sources.balanced', { count: sources.length })}
            </h1>
            {sources.length > 0 ? (
              <Ledger rows={sources} />
            ) : (
              <Empty text={t('sources.empty')} command="yuheng ingest /var/log/auth.log" />
            )}
            <p className="dim">{t('sources.note')}</p>
          </>
        );
      }}
    </Answered>
  );
}

const COUNTS = ['received', 'stored', 'pending'] as const;

function Ledger({ rows }: { readonly rows: readonly LedgerRow[] }) {
  const { t } = useWords();
  const heads = ['received', 'stored', 'pending', 'rejected', 'unparsed', 'expired'] as const;
  return (
    <table className="cards">
      <thead>
        <tr>
          <th scope="col">{t('sources.source')}</th>
          {heads.map((head) => (
            <th scope="col" className="n" key={head}>
              {t(`sources.${head}`)}
            </th>
          ))}
          <th scope="col">
            {t('sources.last')} <span className="dim">({zoneText(rows[0]!.lastReceivedMs ?? 0)})</span>
          </th>
          <th scope="col">{t('sources.balance')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.source}>
            <td className="main">
              <Link href={filterHref('source', row.source)} data-row>
                {row.source}
              </Link>
            </td>
            {COUNTS.map((name) => (
              <Count key={name} name={name} count={row[name]} />
            ))}
            <td className="n" data-label={t('sources.rejected')}>
              {countText(rejected(row))}
              {Object.entries(row.rejected).map(([reason, count]) => (
                <span className="dim reason" key={reason}>
                  {reason} {countText(count)}
                </span>
              ))}
            </td>
            <Count name="unparsed" count={row.unparsed} />
            <Count name="expired" count={row.expired} />
            <td className="t" data-label={t('sources.last')}>
              {row.lastReceivedMs === undefined ? '–' : <Moment ms={row.lastReceivedMs} />}
            </td>
            <td data-label={t('sources.balance')} className={balances(row) ? 'good' : 'bad'}>
              {balances(row) ? t('sources.yes') : t('sources.no')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Count({
  name,
  count,
}: {
  readonly name: (typeof COUNTS)[number] | 'unparsed' | 'expired';
  readonly count: number;
}) {
  const { t } = useWords();
  return (
    <td className="n" data-label={t(`sources.${name}`)}>
      {countText(count)}
    </td>
  );
}

function rejected(row: LedgerRow): number {
  return Object.values(row.rejected).reduce((sum, count) => sum + count, 0);
}

function balances(row: LedgerRow): boolean {
  return row.received === row.stored + row.pending + rejected(row);
}
