import { formatInstant } from '@yuheng/engine';
import { describe, expect, it } from 'vitest';
import { readAccessLine } from './access-line.ts';

const TIME = '[03/Mar/2026:10:00:00 +0100]';
const REST = '"GET /a?b=1 HTTP/1.1" 200 5 "-" "curl/8.5.0"';

describe('lines of access logs', () => {
  it('reads the combined format', () => {
    const line = readAccessLine(
      `203.0.113.5 - alice ${TIME} "POST /login?next=%2Fhome HTTP/1.1" 302 0 "https://a.example/" "Mozilla/5.0 (X11)"`,
    );
    expect({ ...line?.fields }).toEqual({
      'c-ip': '203.0.113.5',
      'cs-username': 'alice',
      'cs-method': 'POST',
      'cs-version': 'HTTP/1.1',
      'cs-uri': ['/login?next=%2Fhome', '/login?next=/home'],
      'cs-uri-stem': '/login',
      'cs-uri-query': ['next=%2Fhome', '/login?next=%2Fhome', '/login?next=/home'],
      request_form: 'origin',
      'sc-status': '302',
      'sc-bytes': '0',
      'cs-referer': 'https://a.example/',
      'cs-user-agent': 'Mozilla/5.0 (X11)',
    });
    expect(formatInstant(line!.time)).toBe('2026-03-03T09:00:00.000Z');
  });

  it.each([
    ['IPv6', `2001:db8::1 - - ${TIME} ${REST}`, { 'c-ip': '2001:db8::1' }],
    ['a host name', `client.example.net - - ${TIME} ${REST}`, { 'c-ip': 'client.example.net' }],
    [
      'a virtual host',
      `www.example.com:443 203.0.113.5 - - ${TIME} ${REST}`,
      { 'cs-host': 'www.example.com', 's-port': '443' },
    ],
    ['a user with blanks', `203.0.113.5 - Alice of Sales ${TIME} ${REST}`, { 'cs-username': 'Alice of Sales' }],
    ['an ident', `203.0.113.5 ident42 bob ${TIME} ${REST}`, { ident: 'ident42', 'cs-username': 'bob' }],
    [
      'forwarded addresses',
      `10.0.0.1, 203.0.113.9, 10.0.0.2 - - ${TIME} ${REST}`,
      { 'c-ip': '203.0.113.9', 'x-forwarded-for': '10.0.0.1, 203.0.113.9, 10.0.0.2' },
    ],
    [
      'quoted forwarded addresses and the peer',
      `"203.0.113.9, 10.0.0.2" 10.0.0.3 - - ${TIME} ${REST}`,
      { 'c-ip': '203.0.113.9', peer: '10.0.0.3' },
    ],
    [
      'fields of the administrator',
      `203.0.113.5 - - ${TIME} ${REST} "198.51.100.1" 0.005 "up 1"`,
      { 'x-forwarded-for': '198.51.100.1', extra: ['0.005', 'up 1'] },
    ],
    [
      'TLS on a plain port',
      `203.0.113.5 - - ${TIME} "\\x16\\x03\\x01" 400 157 "-" "-"`,
      { request: '\\x16\\x03\\x01', 'sc-status': '400' },
    ],
    ['no request', `203.0.113.5 - - ${TIME} "-" 408 -`, { 'sc-status': '408' }],
    ['escaped quotes', `203.0.113.5 - - ${TIME} "GET /?q=\\"x\\" HTTP/1.1" 200 5`, { 'cs-uri': '/?q=\\"x\\"' }],
    ['quotes that nobody escaped', `203.0.113.5 - - ${TIME} "GET /?q="x" HTTP/1.1" 200 5`, { 'cs-uri': '/?q="x"' }],
    [
      'a proxy request',
      `203.0.113.5 - - ${TIME} "CONNECT mail.example.net:25 HTTP/1.1" 200 0`,
      { request_form: 'proxy', 'cs-host': 'mail.example.net:25' },
    ],
    ['a prototype in the address', `203.0.113.5 - __proto__ ${TIME} ${REST}`, { 'cs-username': '__proto__' }],
  ])('reads %s', (_, text, expected) => expect(readAccessLine(text)?.fields).toMatchObject(expected));

  it.each([
    ['syslog before it', `Mar  3 10:00:00 web01 nginx[7]: 203.0.113.5 - - ${TIME} ${REST}`],
    ['no such day', '203.0.113.5 - - [31/Feb/2026:10:00:00 +0100] "GET / HTTP/1.1" 200 5'],
    [
      'HAProxy',
      '203.0.113.5:14853 [14/Jan/2026:12:48:57.127] in~ out/a 0/0/0/3/3 200 739 - - ---- 1/1/0/0/0 0/0 "GET / HTTP/1.1"',
    ],
    ['no status', `203.0.113.5 - - ${TIME} "GET / HTTP/1.1"`],
    ['nothing', ''],
  ])('leaves %s', (_, text) => expect(readAccessLine(text)).toBeUndefined());

  it('takes a long hostile line in linear time', () => {
    const line = `203.0.113.5 - - ${TIME} "${'\\"'.repeat(200_000)}`;
    const before = performance.now();
    expect(readAccessLine(line)).toBeUndefined();
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
