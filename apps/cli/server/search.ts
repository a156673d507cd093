import type { Language } from '@yuheng/engine';
import { printable } from '../printable.ts';
import { tableText, type Column } from '../table/table.ts';
import { widthOf } from '../table/width.ts';
import { ApiClient } from './client.ts';

interface SearchAnswer {
  readonly rows: readonly { readonly [column: string]: unknown }[];
  readonly elapsedMs: number;
  readonly truncated: boolean;
}

/** `yuheng search`: SQL over the tenant's events, findings and incidents. */
export async function search(
  query: string,
  flags: { url: string; json?: boolean },
  language: Language,
): Promise<number> {
  const body = JSON.stringify({ query });
  const client = new ApiClient(flags.url);
  const answer = (await client.post('/api/v1/search', body, { 'content-type': 'application/json' })) as SearchAnswer;
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    return 0;
  }
  const columns = Object.keys(answer.rows[0] ?? {});
  if (columns.length > 0) {
    const rows = answer.rows.map((row) => columns.map((column) => cell(row[column])));
    process.stdout.write(
      `${tableText(columns.map(columnOf(answer)), rows, widthOf(process.stdout) ?? Infinity).join('\n')}\n`,
    );
  }
  const more = { en: ' (there are more)', 'zh-CN': '（还有更多）' };
  const text = {
    en: `${answer.rows.length} rows in ${answer.elapsedMs} ms`,
    'zh-CN': `${answer.rows.length} 行，用时 ${answer.elapsedMs} 毫秒`,
  };
  process.stdout.write(`${text[language]}${answer.truncated ? more[language] : ''}\n`);
  return 0;
}

function cell(value: unknown): string {
  return printable(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Columns of a terminal that a column of the answer gets at least. */
const LEAST_WIDTH = 12;

function columnOf({ rows }: SearchAnswer): (name: string) => Column {
  return (name) => {
    const isNumber = rows.every((row) => typeof row[name] === 'number');
    return { head: printable(name), ...(isNumber ? { side: 'right' } : { side: 'left', least: LEAST_WIDTH }) };
  };
}
