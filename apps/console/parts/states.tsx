import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../locales/languages.ts';

/** What stands where a page will stand. */
export function Loading() {
  return (
    <div aria-busy="true">
      <Skeleton active title={{ width: '60%' }} paragraph={{ rows: 8 }} />
    </div>
  );
}

/** What went wrong in the server's own words, and a way on. */
export function Failure({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  const { t } = useWords();
  return (
    <div role="alert" className="notice">
      <h2>{t('error.title')}</h2>
      <p>{error.message}</p>
      <Button onClick={retry}>{t('error.retry')}</Button>
    </div>
  );
}

/** Nothing there, and what would fill it. */
export function Empty({ text, command }: { readonly text: string; readonly command?: string }) {
  return (
    <div className="notice">
      <p>{text}</p>
      {command && <pre tabIndex={0}>{command}</pre>}
    </div>
  );
}

/** What a query brought: its answer, or the state that it is in. */
export function Answered<Answer>({ query, children }: AnsweredProps<Answer>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Loading />;
}

interface AnsweredProps<Answer> {
  readonly query: {
    readonly data: Answer | undefined;
    readonly error: Error | null;
    readonly refetch: () => Promise<unknown>;
  };
  readonly children: (answer: Answer) => ReactNode;
}
