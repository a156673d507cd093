import { Button, Input } from 'antd';
import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { go, useAddress, withParams } from '../data/address.ts';
import { search } from '../data/event-search.ts';
import type { Found } from '../data/shapes.ts';
import { countText } from '../data/text.ts';
import { useWords } from '../locales/languages.ts';
import { Answered } from './states.tsx';

type Row = { readonly [column: string]: unknown };

/** Queries to begin with. */
const EXAMPLES = {
  recent: 'SELECT time, source, host, raw_data FROM events ORDER BY time DESC LIMIT 50',
  hosts:
    "SELECT host, count() AS n, min(time) AS first, max(time) AS last FROM events WHERE host != '' GROUP BY host ORDER BY n DESC",
  failures:
    "SELECT address, count() AS n FROM events WHERE raw_data ILIKE '%failed password%' GROUP BY address ORDER BY n DESC LIMIT 20",
  findings:
    'SELECT title, count() AS n, max(severity_id) AS severity FROM findings GROUP BY title ORDER BY severity DESC, n DESC',
} as const;

/** A person's own SQL, kept in the address. */
export function SqlSearch() {
  const { t } = useWords();
  const address = useAddress();
  const asked = address.params.get('sql') ?? '';
  return (
    <>
      <h1>{t('events.query')}</h1>
      <Editor key={asked} asked={asked} run={(query) => go(withParams(address, { sql: query }) || '/events')} />
      <p className="chips">
        <span className="dim">{t('events.examples')}</span>
        {(Object.keys(EXAMPLES) as (keyof typeof EXAMPLES)[]).map((name) => (
          <Button key={name} size="small" onClick={() => go(withParams(address, { sql: EXAMPLES[name] }))}>
            {t(`events.example.${name}`)}
          </Button>
        ))}
      </p>
      {asked && <Answer query={asked} />}
    </>
  );
}

function Editor({ asked, run }: { readonly asked: string; readonly run: (query: string) => void }) {
  const { t } = useWords();
  const [query, setQuery] = useState(asked || EXAMPLES.recent);
  const submit = (): void => {
    if (query.trim()) run(query.trim());
  };
  return (
    <form
      data-search
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Input.TextArea
        className="sql"
        aria-label={t('events.query')}
        autoSize={{ minRows: 3, maxRows: 12 }}
        value={query}
        spellCheck={false}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
        }}
      />
      <Button type="primary" htmlType="submit">
        {t('events.run')} <kbd>Ctrl ↵</kbd>
      </Button>
    </form>
  );
}

function Answer({ query }: { readonly query: string }) {
  const { t } = useWords();
  const found = useQuery({
    queryKey: ['sql', query],
    queryFn: () => search<Row>(query),
    placeholderData: keepPreviousData,
  });
  return (
    <Answered query={found}>
      {({ rows, elapsedMs, truncated }: Found<Row>) => (
        <>
          <p role="status">
            {rows.length === 0
              ? t('events.noRows')
              : t(truncated || rows.length > MAX_SHOWN ? 'events.rowsCut' : 'events.rows', {
                  shown: countText(Math.min(rows.length, MAX_SHOWN)),
                  ms: Math.round(elapsedMs),
                })}
          </p>
          {rows.length > 0 && <Table rows={rows.slice(0, MAX_SHOWN)} />}
        </>
      )}
    </Answered>
  );
}

/** Rows drawn; a person reads no more. */
const MAX_SHOWN = 1_000;

function Table({ rows }: { readonly rows: readonly Row[] }) {
  const columns = Object.keys(rows[0]!);
  return (
    <div className="scroll" tabIndex={0}>
      <table className="sql">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <td key={column}>{cellText(row[column])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
