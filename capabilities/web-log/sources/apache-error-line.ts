import { isIP } from 'node:net';
import { newFields, utcMilliseconds, type Fields, type Instant } from '@yuheng/engine';
import { monthNumber, withFraction } from './clock.ts';
import { addUri } from './request.ts';

/** An error log's line: its fields and its local time. */
export interface ErrorLine {
  readonly fields: Fields;
  readonly localTime: Instant;
}

const HEADER =
  /^\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))? (\d{4})\] \[(?:([\w-]*):)?(\w+)\] /;
const PROCESS = /^\[pid (\d+)(?::tid (\d+))?\] /;
const SYSTEM_ERROR = /^\((\d+)\)((?:(?! \[client |: ).)*): /;
const CLIENT = /^\[client ([^\]]+)\] /;
const CODE = /^(AH\d{5}): /;
const REFERER = /, referer: (.*)$/;
const MODSECURITY_TAG = /\[(\w+) "((?:[^"\\]|\\.)*)"\]/g;

/** Reads the default ErrorLogFormat of Apache httpd 2.2 and 2.4 (httpd documentation, core, `ErrorLogFormat`). */
export function readApacheErrorLine(text: string): ErrorLine | undefined {
  const header = HEADER.exec(text);
  if (!header) return undefined;
  const [whole, month, day, hour, minute, second, fraction = '', year, module, level] = header;
  const local = utcMilliseconds(+year!, monthNumber(month!), +day!, +hour!, +minute!, +second!);
  if (local === undefined) return undefined;
  const fields = newFields();
  fields['software'] = 'apache';
  fields['level'] = level;
  if (module) fields['module'] = module;
  addMessage(fields, text.slice(whole.length));
  return { fields, localTime: withFraction(local, fraction) };
}

function addMessage(fields: Fields, text: string): void {
  let rest = text;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const found = pattern.exec(rest);
    if (found) rest = rest.slice(found[0].length);
    return found;
  };
  const process = take(PROCESS);
  if (process) [fields['pid'], fields['tid']] = [process[1], process[2] ?? process[1]];
  const error = take(SYSTEM_ERROR);
  if (error) [fields['os_error'], fields['os_error_text']] = [error[1], error[2]];
  for (let client = take(CLIENT); client; client = take(CLIENT)) addClientPort(fields, client[1]!);
  const referer = REFERER.exec(rest);
  if (referer) fields['cs-referer'] = referer[1];
  fields['message'] = referer ? rest.slice(0, referer.index) : rest;
  const code = CODE.exec(rest);
  if (code) fields['error_code'] = code[1];
  addLogin(fields, rest);
  if (rest.startsWith('ModSecurity: ')) addModSecurity(fields, rest);
}

/** `address:port` since 2.4, also of IPv6 without brackets: what is an address as it stands has no port. */
function addClientPort(fields: Fields, text: string): void {
  const parts = isIP(text) > 0 ? null : /^(.*):(\d{1,5})$/.exec(text);
  fields['c-ip'] = parts?.[1] ?? text;
  if (parts) fields['c-port'] = parts[2];
}

const LOGIN = /^(?:AH\d{5}: )?user (\S+)(?: not found: |: authentication failure for ")([^"]*)/;

/** Whom mod_auth_basic did not let in, and where. */
function addLogin(fields: Fields, text: string): void {
  const login = LOGIN.exec(text);
  if (!login) return;
  fields['cs-username'] = login[1];
  addUri(fields, login[2]!, undefined);
}

/** ModSecurity's `[id "949110"] [msg "…"]` as `modsec_id`, `modsec_msg` …; its address also as `cs-uri`. */
function addModSecurity(fields: Fields, text: string): void {
  const tags: string[] = [];
  for (const [, name, value] of text.matchAll(MODSECURITY_TAG)) {
    if (name === 'tag') tags.push(value!);
    else fields[`modsec_${name!}`] ??= value;
  }
  if (tags.length > 0) fields['modsec_tags'] = tags;
  const uri = fields['modsec_uri'];
  if (typeof uri === 'string') addUri(fields, uri, undefined);
  if (typeof fields['modsec_hostname'] === 'string') fields['cs-host'] = fields['modsec_hostname'];
}
