import { newFields, readIsoTime, type Fields, type Instant } from '@yuheng/engine';
import { addUri } from './request.ts';

/** What `#Fields:` and `#Date:` said before a line. */
export interface W3cHeader {
  readonly columns: readonly string[];
  /** `2018-01-01` of `#Date:`, for files whose lines carry only the time of day. */
  readonly date?: string;
}

/** `cs(User-Agent)` and the like are written with `+` for blanks; rules know them without brackets. */
const HEADERS: { readonly [column: string]: string } = {
  'cs(User-Agent)': 'cs-user-agent',
  'cs(Referer)': 'cs-referer',
  'cs(Cookie)': 'cs-cookie',
  'cs(Host)': 'cs-host',
};

/**
 * Reads a line by the columns of `#Fields:` (W3C Extended Log File Format). `undefined` when it has another number of columns.
 * `-` and `""` are absent. Request headers stand twice: as written, and by the name of Sigma's taxonomy with blanks for `+`.
 */
export function readW3cLine(text: string, { columns }: W3cHeader): Fields | undefined {
  const values = text.trimEnd().split(/[ \t]/);
  if (values.length !== columns.length) return undefined;
  const fields = newFields();
  for (const [index, column] of columns.entries()) {
    const value = values[index]!;
    if (value === '-' || value === '' || value === '""') continue;
    fields[column] = value;
    const header = HEADERS[column];
    if (header !== undefined) fields[header] = value.replaceAll('+', ' ');
  }
  addAddress(fields);
  return fields;
}

/** IIS writes stem and query, HTTP.sys the whole address. */
function addAddress(fields: Fields): void {
  const stem = fields['cs-uri-stem'];
  const query = fields['cs-uri-query'];
  if (typeof stem === 'string') return addUri(fields, stem, typeof query === 'string' ? query : undefined);
  const uri = fields['cs-uri'];
  if (typeof uri !== 'string') return;
  const question = uri.indexOf('?');
  addUri(fields, question < 0 ? uri : uri.slice(0, question), question < 0 ? undefined : uri.slice(question + 1));
}

/** A line's time, always UTC; of files without a date column with the date of `#Date:`. */
export function w3cTime(fields: Fields, header: W3cHeader): Instant | undefined {
  const date = fields['date'] ?? header.date;
  return readIsoTime(`${String(date)} ${String(fields['time'])}`)?.time;
}
