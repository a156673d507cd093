import { useEffect, useRef } from 'react';
import { useAddress, withParams } from '../data/address.ts';
import { useRowsInSight } from '../data/rows-in-sight.ts';
import type { Incident, Triage } from '../data/shapes.ts';
import { countText, levelOf, zoneText } from '../data/text.ts';
import { useWords } from '../locales/languages.ts';
import { Link } from './link.tsx';
import { Moment } from './moment.tsx';
import { Room } from './room.tsx';
import { Severity } from './severity.tsx';

/** An incident with what people made of it. */
export interface IncidentRow {
  readonly incident: Incident;
  readonly triage: Triage;
}

/** A row of one line, px. */
const ROW_HEIGHT = 40;
/** Rows before the end at which more are asked for. */
const AHEAD = 30;
const COLUMNS = 8;

/** Incidents, as many as there are: rows out of sight are not drawn, and more come before the end is in sight. */
export function IncidentTable({ rows, total, order, more }: IncidentTableProps) {
  const { t } = useWords();
  const table = useRef<HTMLTableElement>(null);
  const keyOf = (index: number): string => rows[index]!.incident.unmapped.uid;
  const { indexes, before, after, measure } = useRowsInSight(table, rows.length, keyOf, ROW_HEIGHT);
  const isNearEnd = (indexes.at(-1) ?? 0) >= rows.length - AHEAD;
  useEffect(() => {
    if (isNearEnd) more();
  }, [isNearEnd, rows.length, more]);
  return (
    <table className="cards incidents" ref={table} aria-rowcount={total} aria-label={t('nav.incidents')}>
      <Head order={order} zone={zoneText(rows[0]!.incident.start_time)} />
      <tbody>
        <Room height={before} columns={COLUMNS} />
        {indexes.map((index) => (
          <Row key={keyOf(index)} row={rows[index]!} index={index} measure={measure} />
        ))}
        <Room height={after} columns={COLUMNS} />
      </tbody>
    </table>
  );
}

interface IncidentTableProps {
  readonly rows: readonly IncidentRow[];
  /** How many there are, also those that are not loaded. */
  readonly total: number;
  readonly order: 'asc' | 'desc';
  /** Asks for more rows. */
  readonly more: () => void;
}

function Head({ order, zone }: { readonly order: 'asc' | 'desc'; readonly zone: string }) {
  const { t } = useWords();
  const turned = withParams(useAddress(), { order: order === 'desc' ? 'asc' : undefined });
  return (
    <thead>
      <tr>
        <th scope="col">{t('incidents.severity')}</th>
        <th scope="col">{t('incidents.incident')}</th>
        <th scope="col">{t('incident.status')}</th>
        <th scope="col">{t('incidents.owner')}</th>
        <th scope="col" aria-sort={order === 'asc' ? 'ascending' : 'descending'}>
          <Link href={turned} title={t('incidents.turn')}>
            {t('incidents.first')} {order === 'asc' ? '↑' : '↓'}
          </Link>{' '}
          <span className="dim">({zone})</span>
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
  );
}

function Row({ row: { incident, triage }, index, measure }: RowProps) {
  const { t, language } = useWords();
  const { unmapped, severity_id, start_time, time, finding_info_list } = incident;
  return (
    <tr ref={measure} data-index={index} aria-rowindex={index + 1}>
      <td data-label={t('incidents.severity')}>
        <Severity level={levelOf(severity_id)} />
      </td>
      <td className="main">
        <Link href={`/incidents/${unmapped.uid}`} data-row>
          {unmapped.titles[language]}
        </Link>
      </td>
      <td data-label={t('incident.status')}>{t(`status.${triage.status}`)}</td>
      <td data-label={t('incidents.owner')}>{triage.owner || '–'}</td>
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
  );
}

interface RowProps {
  readonly row: IncidentRow;
  readonly index: number;
  readonly measure: (row: Element | null) => void;
}
