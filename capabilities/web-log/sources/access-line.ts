import { newFields, type Fields, type Instant } from '@yuheng/engine';
import { addClient, readAddressList } from './client.ts';
import { readCommonLogTime } from './clock.ts';
import { addRequestLine } from './request.ts';

/** A line of an access log by W3C's names. */
export interface AccessLine {
  readonly fields: Fields;
  readonly time: Instant;
}

const TIME = / \[([^\]]{20,40})\] "/;
/** Servers escape quotes; where one did not, the request ends before what looks like a status and a size. */
const REQUEST = [/^((?:[^"\\]|\\.)*)" (\d{3}) (\d+|-)(?= |$)/, /^(.*?)" (\d{3}) (\d+|-)(?= |$)/] as const;
const TOKEN = / *(?:"((?:[^"\\]|\\.)*)"|(\S+))/y;

/**
 * Reads the Common and Combined Log Formats of Apache and nginx (httpd documentation, *Log Files*), also with a virtual host or a list of
 * forwarded addresses before the client, and with fields of the administrator's own behind the agent.
 */
export function readAccessLine(text: string): AccessLine | undefined {
  const found = TIME.exec(text);
  const time = found ? readCommonLogTime(found[1]!) : undefined;
  if (!found || !time) return undefined;
  const fields = newFields();
  if (!addWho(fields, text.slice(0, found.index))) return undefined;
  const rest = text.slice(found.index + found[0].length);
  const answer = REQUEST[0].exec(rest) ?? REQUEST[1].exec(rest);
  if (!answer) return undefined;
  addRequestLine(fields, answer[1]!);
  fields['sc-status'] = answer[2];
  if (answer[3] !== '-') fields['sc-bytes'] = answer[3];
  return addRest(fields, rest.slice(answer[0].length)) ? { fields, time } : undefined;
}

/** Client, ident and user; a user's name may hold blanks, and some formats leave out ident or user. */
function addWho(fields: Fields, text: string): boolean {
  const dash = text.indexOf(' - ');
  if (dash > 0) {
    addUser(fields, text.slice(dash + 3));
    return addClient(fields, text.slice(0, dash));
  }
  if (text.endsWith(' -')) return addClient(fields, text.slice(0, -2));
  return addNamed(fields, text);
}

/** `client ident user` where ident is a name (RFC 1413). */
function addNamed(fields: Fields, text: string): boolean {
  const [client, ident, ...user] = text.split(' ');
  if (ident === undefined || user.length !== 1) return false;
  fields['ident'] = ident;
  addUser(fields, user[0]!);
  return addClient(fields, client!);
}

function addUser(fields: Fields, user: string): void {
  if (user !== '' && user !== '-' && user !== '""') fields['cs-username'] = user;
}

/** Referer and agent, and behind them what the administrator added: addresses of X-Forwarded-For by name, the rest as a list. */
function addRest(fields: Fields, text: string): boolean {
  const words = tokens(text);
  if (!words) return false;
  const [referer, agent, ...extra] = words;
  addText(fields, 'cs-referer', referer);
  addText(fields, 'cs-user-agent', agent);
  const forwarded = extra[0] === undefined ? undefined : readAddressList(extra[0]);
  if (forwarded) fields['x-forwarded-for'] = forwarded.join(', ');
  const own = (forwarded ? extra.slice(1) : extra).filter((word) => word !== '-');
  if (own.length > 0) fields['extra'] = own;
  return true;
}

function addText(fields: Fields, name: string, text: string | undefined): void {
  if (text !== undefined && text !== '' && text !== '-') fields[name] = text;
}

function tokens(text: string): string[] | undefined {
  const words: string[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.trimEnd().length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const word = TOKEN.exec(text);
    if (!word) return undefined;
    words.push(word[1] ?? word[2]!);
  }
  return words;
}
