import { Button } from 'antd';
import { useNotices, useSilences, type NoticeBooks, type Silence } from '../data/operations.ts';
import { countText, timeText } from '../data/text.ts';
import { useWords } from '../locales/languages.ts';
import { Notices } from '../parts/notices.tsx';
import { Silences } from '../parts/silences.tsx';
import { Answered, Empty } from '../parts/states.tsx';

/** Whether the watch itself is well: sources that are silent, and notices that nobody took. */
export function Operations() {
  const { t } = useWords();
  const silences = useSilences();
  const notices = useNotices();
  return (
    <Answered query={silences}>
      {({ pages }) => {
        const found = pages.flatMap(({ items }) => items);
        return (
          <Answered query={notices}>
            {({ pages: told }) => (
              <>
                <h1>
                  <Answer silences={found} books={told[0]!.channels} />
                </h1>
                <h2>{t('operations.silences')}</h2>
                {found.length > 0 ? <Silences silences={found} /> : <Empty text={t('operations.noSilence')} />}
                <More query={silences} />
                <h2>{t('operations.notices')}</h2>
                {told[0]!.channels.length > 0 ? (
                  <Notices
                    books={told[0]!.channels}
                    notices={told.flatMap(({ items }) => items)}
                    operations={new Set(found.map(({ finding_info }) => finding_info.uid))}
                  />
                ) : (
                  <Empty text={t('operations.noNotice')} command={CHANNEL} />
                )}
                <More query={notices} />
              </>
            )}
          </Answered>
        );
      }}
    </Answered>
  );
}

/** What would fill the list of notices. */
const CHANNEL = `# yuheng.yaml
notices:
  webhook: { url: https://example.org/hook, secretFile: /etc/yuheng/webhook-secret }`;

/** The first line: who is silent, and what became of the notices. */
function Answer({
  silences,
  books,
}: {
  readonly silences: readonly Silence[];
  readonly books: readonly NoticeBooks[];
}) {
  const { t, language } = useWords();
  const silent = silences.filter(({ unmapped }) => unmapped.ended === undefined);
  const longest = silent.toSorted((a, b) => a.unmapped.since - b.unmapped.since)[0]?.unmapped;
  const sum = (state: 'sent' | 'pending' | 'failed'): string =>
    countText(books.reduce((total, channel) => total + channel[state], 0));
  const first = t('operations.answer', {
    count: silent.length,
    source: longest?.source,
    since: longest && timeText(longest.last_received),
  });
  const second =
    books.length > 0
      ? t('operations.told', { sent: sum('sent'), pending: sum('pending'), failed: sum('failed') })
      : t('operations.toldNothing');
  return language === 'en' ? `${first} ${second}` : first + second;
}

function More({ query }: { readonly query: MoreQuery }) {
  const { t } = useWords();
  if (!query.hasNextPage) return null;
  return (
    <p className="pager">
      <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t('operations.older')}
      </Button>
    </p>
  );
}

interface MoreQuery {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}
