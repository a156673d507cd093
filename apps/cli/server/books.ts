import type { Language } from '@yuheng/engine';
import { ApiClient } from './client.ts';

/** A row of the ledger, as the API gives it. */
interface LedgerRow {
  readonly source: string;
  readonly received: number;
  readonly stored: number;
  readonly pending: number;
  readonly rejected: { readonly [reason: string]: number };
  readonly expired: number;
}

/** What the books of one source say. */
export interface Book {
  readonly source: string;
  readonly balanced: boolean;
  readonly text: string;
}

/** The books of the key's tenant; `deep` counts in the lake as well. */
export async function readBooks(url: string, deep: boolean, language: Language): Promise<Book[]> {
  const client = new ApiClient(url);
  const { sources } = (await client.get('/api/v1/ledger')) as { readonly sources: readonly LedgerRow[] };
  const counted = deep ? await countEvents(client) : undefined;
  return sources.map((row) => {
    const { source, received, stored, pending, rejected, expired } = row;
    const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
    const inLake = counted?.get(source) ?? 0;
    const balanced = received === stored + pending + refused && (!counted || inLake === stored - expired);
    const text = {
      en: `received ${received} = stored ${stored} + pending ${pending} + rejected ${refused}${counted ? `; in the lake ${inLake}${expired > 0 ? `, expired ${expired}` : ''}` : ''}`,
      'zh-CN': `接收 ${received} = 已存 ${stored} + 待处理 ${pending} + 拒绝 ${refused}${counted ? `；湖中 ${inLake}${expired > 0 ? `，已过期 ${expired}` : ''}` : ''}`,
    };
    return { source, balanced, text: text[language] };
  });
}

/** What the books say of notices by one channel. */
export interface NoticeBook {
  readonly channel: string;
  readonly failed: number;
  readonly text: string;
}

/** The notices of the key's tenant, for every channel that has any. */
export async function readNoticeBooks(url: string, language: Language): Promise<NoticeBook[]> {
  const { channels } = (await new ApiClient(url).get('/api/v1/notices?limit=1')) as {
    readonly channels: readonly ({ readonly channel: string } & {
      readonly [state in 'pending' | 'sent' | 'failed']: number;
    })[];
  };
  return channels.map(({ channel, pending, sent, failed }) => {
    const text = {
      en: `pending ${pending}, sent ${sent}, failed ${failed}`,
      'zh-CN': `待发送 ${pending}，已发送 ${sent}，失败 ${failed}`,
    };
    return { channel, failed, text: text[language] };
  });
}

async function countEvents(client: ApiClient): Promise<Map<string, number>> {
  const query = 'select source, sum(records) as records from events group by source limit 100000';
  const headers = { 'content-type': 'application/json' };
  const answer = (await client.post('/api/v1/search', JSON.stringify({ query }), headers)) as {
    readonly rows: readonly { readonly source: string; readonly records: string }[];
  };
  return new Map(answer.rows.map(({ source, records }) => [source, Number(records)]));
}
