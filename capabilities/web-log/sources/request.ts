import { readAddress, type Fields } from '@yuheng/engine';

/** A request line (RFC 9112 section 3) in its parts. */
export interface RequestLine {
  readonly method: string;
  /** As the client wrote it. */
  readonly target: string;
  /** `HTTP/1.1`; absent in HTTP/0.9. */
  readonly version?: string;
}

const REQUEST = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) (\S.*) (HTTP\/\d(?:\.\d)?)$/;
/** Without a version only a plain method and one word are taken for a request. */
const SIMPLE_REQUEST = /^([A-Z]{3,16}) (\S+)$/;
const ABSOLUTE = /^[a-z][a-z0-9+.-]{0,31}:\/\/([^/?#]*)/i;

/** Cuts a request line into its parts; `undefined` for TLS bytes, other protocols and nothing at all. */
function readRequestLine(text: string): RequestLine | undefined {
  const full = REQUEST.exec(text);
  if (full) return { method: full[1]!, target: full[2]!, version: full[3]! };
  const simple = SIMPLE_REQUEST.exec(text);
  return simple ? { method: simple[1]!, target: simple[2]! } : undefined;
}

/** Adds a request line's parts by W3C's names; what is none is kept whole as `request`. */
export function addRequestLine(fields: Fields, text: string): void {
  const line = readRequestLine(text);
  if (!line) {
    if (text !== '' && text !== '-') fields['request'] = text;
    return;
  }
  fields['cs-method'] = line.method;
  if (line.version !== undefined) fields['cs-version'] = line.version;
  const authority = line.method === 'CONNECT' ? line.target : ABSOLUTE.exec(line.target)?.[1];
  if (authority) fields['cs-host'] = authority;
  const question = line.target.indexOf('?');
  const stem = question < 0 ? line.target : line.target.slice(0, question);
  addUri(fields, stem, question < 0 ? undefined : line.target.slice(question + 1));
}

/** Adds an address by W3C's names, as rules meet it. */
export function addUri(fields: Fields, stem: string, query: string | undefined): void {
  const address = readAddress(stem, query);
  fields['cs-uri'] = address.uri;
  fields['cs-uri-stem'] = address.stem;
  fields['cs-uri-query'] = address.query;
  if (address.extension !== undefined) fields['cs-uri-extension'] = address.extension;
  fields['request_form'] = fields['cs-method'] === 'CONNECT' || ABSOLUTE.test(stem) ? 'proxy' : 'origin';
}
