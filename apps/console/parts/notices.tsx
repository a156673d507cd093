import type { Notice, NoticeBooks } from '../data/operations.ts';
import { countText, zoneText } from '../data/text.ts';
import { useWords } from '../locales/languages.ts';
import { Link } from './link.tsx';
import { Moment } from './moment.tsx';
import { Severity } from './severity.tsx';

/** What was told outside: the books of each channel, and every notice. */
export function Notices({ books, notices, operations }: NoticesProps) {
  const { t } = useWords();
  return (
    <>
      <dl className="facts">
        {books.map(({ channel, sent, pending, failed }) => (
          <div key={channel}>
            <dt>{t(`operations.channel.${channel}`)}</dt>
            <dd>
              {t('operations.books', { sent: countText(sent), pending: countText(pending) })}
              <span className={failed > 0 ? 'bad block' : 'dim block'}>
                {t('operations.failed', { failed: countText(failed) })}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {notices.length > 0 && (
        <table className="cards" aria-label={t('operations.notices')}>
          <Head zone={zoneText(notices[0]!.created)} />
          <tbody>
            {notices.map((notice) => (
              <Row key={notice.uid} notice={notice} isOperation={operations.has(notice.about)} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

interface NoticesProps {
  readonly books: readonly NoticeBooks[];
  readonly notices: readonly Notice[];
  /** Uids of operational findings, which have no page of their own. */
  readonly operations: ReadonlySet<string>;
}

function Head({ zone }: { readonly zone: string }) {
  const { t } = useWords();
  return (
    <thead>
      <tr>
        <th scope="col">{t('incidents.severity')}</th>
        <th scope="col">{t('operations.about')}</th>
        <th scope="col">{t('operations.by')}</th>
        <th scope="col">
          {t('operations.created')} <span className="dim">({zone})</span>
        </th>
        <th scope="col">{t('incident.status')}</th>
      </tr>
    </thead>
  );
}

function Row({ notice, isOperation }: { readonly notice: Notice; readonly isOperation: boolean }) {
  const { t } = useWords();
  const { severity, title, about, channel, created } = notice;
  return (
    <tr>
      <td data-label={t('incidents.severity')}>
        <Severity level={severity} />
      </td>
      <td className="main">
        {isOperation ? (
          title
        ) : (
          <Link href={`/incidents/${about}`} data-row>
            {title}
          </Link>
        )}
      </td>
      <td className="t" data-label={t('operations.by')}>
        {t(`operations.channel.${channel}`)}
      </td>
      <td className="t" data-label={t('operations.created')}>
        <Moment ms={created} />
      </td>
      <td data-label={t('incident.status')}>
        <State notice={notice} />
      </td>
    </tr>
  );
}

/** What became of a notice, and why it was not taken. */
function State({ notice: { state, attempts, due, settled, error } }: { readonly notice: Notice }) {
  const { t } = useWords();
  const at = state === 'pending' ? due : settled;
  return (
    <div>
      <span className={state === 'failed' ? 'bad' : undefined}>{t(`operations.state.${state}`)}</span>{' '}
      {at !== undefined && <Moment ms={at} />}
      {attempts > 0 && (
        <span className="dim block">
          {t('operations.attempts', { count: attempts })} {error}
        </span>
      )}
    </div>
  );
}
