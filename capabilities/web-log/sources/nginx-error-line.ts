import { newFields, utcMilliseconds, type Fields } from '@yuheng/engine';
import type { ErrorLine } from './apache-error-line.ts';
import { addRequestLine } from './request.ts';

const HEADER = /^(\d{4})\/(\d{2})\/(\d{2}) (\d{2}):(\d{2}):(\d{2}) \[(\w+)\] (\d+)#(\d+): (?:\*(\d+) )?/;
/** What ngx_http_log_error adds behind a message, in this order. */
const DETAIL = /, (client|server|request|upstream|host|referrer|login): (?:"((?:[^"\\]|\\.)*)"|([^,]*))/g;

/** The details always begin with the client; without one there are none. */
const FIRST_DETAIL = ', client: ';

/** nginx's word for a detail → ours. `request` is cut into its parts, `client` becomes `c-ip`. */
const NAMES: { readonly [detail: string]: string } = {
  client: 'c-ip',
  server: 'server',
  upstream: 'upstream',
  host: 'cs-host',
  referrer: 'cs-referer',
  login: 'cs-username',
};

/** Reads nginx's error log (ngx_log.c, ngx_http_request.c: ngx_http_log_error_handler). */
export function readNginxErrorLine(text: string): ErrorLine | undefined {
  const header = HEADER.exec(text);
  if (!header) return undefined;
  const [whole, year, month, day, hour, minute, second, level, pid, tid, connection] = header;
  const local = utcMilliseconds(+year!, +month!, +day!, +hour!, +minute!, +second!);
  if (local === undefined) return undefined;
  const fields = newFields();
  Object.assign(fields, { software: 'nginx', level, pid, tid });
  if (connection !== undefined) fields['connection'] = connection;
  fields['message'] = text.slice(whole.length).split(FIRST_DETAIL)[0];
  addDetails(fields, text);
  return { fields, localTime: { ms: local, ns: 0 } };
}

function addDetails(fields: Fields, text: string): void {
  for (const [, detail, quoted, plain] of text.matchAll(DETAIL)) {
    const value = quoted ?? plain ?? '';
    const name = NAMES[detail!];
    if (detail === 'request') addRequestLine(fields, value);
    else if (name !== undefined && value !== '') fields[name] = value;
  }
  const unknown = /^user "([^"]*)"(?: was not found in|: password mismatch)/.exec(String(fields['message']));
  if (unknown) fields['cs-username'] = unknown[1];
}
