import { formatInstant } from '@yuheng/engine';
import { describe, expect, it } from 'vitest';
import { readApacheErrorLine } from './apache-error-line.ts';
import { readNginxErrorLine } from './nginx-error-line.ts';

describe('error logs of Apache', () => {
  it('reads 2.4 with microseconds, process, system error and client', () => {
    const line = readApacheErrorLine(
      '[Tue Mar 03 10:00:00.123456 2026] [proxy:error] [pid 9:tid 11] (111)Connection refused: [client 203.0.113.5:4711] AH00957: HTTP: failed, referer: https://a.example/',
    );
    expect({ ...line?.fields }).toEqual({
      software: 'apache',
      module: 'proxy',
      level: 'error',
      pid: '9',
      tid: '11',
      os_error: '111',
      os_error_text: 'Connection refused',
      'c-ip': '203.0.113.5',
      'c-port': '4711',
      'cs-referer': 'https://a.example/',
      message: 'AH00957: HTTP: failed',
      error_code: 'AH00957',
    });
    expect(formatInstant(line!.localTime)).toBe('2026-03-03T10:00:00.123456Z');
  });

  it.each([
    [
      '2.2',
      '[Tue Mar  3 10:00:00 2026] [notice] caught SIGTERM, shutting down',
      { level: 'notice', message: 'caught SIGTERM, shutting down' },
    ],
    [
      'IPv6 with a port',
      '[Tue Mar 03 10:00:00 2026] [error] [client ::1:37752] x',
      { 'c-ip': '::1', 'c-port': '37752' },
    ],
    [
      'a user',
      '[Tue Mar 03 10:00:00 2026] [error] [client 203.0.113.5] AH01617: user bob: authentication failure for "/private": Password Mismatch',
      { 'cs-username': 'bob', 'cs-uri': '/private' },
    ],
    [
      'ModSecurity',
      '[Tue Mar 03 10:00:00 2026] [error] [client 203.0.113.5] ModSecurity: Warning. [id "1"] [msg "a \\"b\\""] [uri "/x"] [tag "p"] [tag "q"]',
      { modsec_id: '1', modsec_msg: 'a \\"b\\"', modsec_tags: ['p', 'q'], 'cs-uri': '/x' },
    ],
  ])('reads %s', (_, text, expected) => expect(readApacheErrorLine(text)?.fields).toMatchObject(expected));

  it.each(['[Tue Feb 31 10:00:00 2026] [error] x', '[Tue Mar 03 10:00:00 2026] x', 'Segmentation fault'])(
    'leaves %s',
    (text) => expect(readApacheErrorLine(text)).toBeUndefined(),
  );
});

describe('error log of nginx', () => {
  it('reads the message and what stands behind it', () => {
    const line = readNginxErrorLine(
      '2026/03/03 10:00:00 [error] 7#8: *9 open() "/a" failed, client: 203.0.113.5, server: _, request: "GET /a?b HTTP/2.0", upstream: "http://10.0.0.9/", host: "a.example", referrer: "https://a.example/"',
    );
    expect({ ...line?.fields }).toMatchObject({
      software: 'nginx',
      level: 'error',
      pid: '7',
      tid: '8',
      connection: '9',
      message: 'open() "/a" failed',
      'c-ip': '203.0.113.5',
      'cs-method': 'GET',
      'cs-uri-stem': '/a',
      upstream: 'http://10.0.0.9/',
      'cs-host': 'a.example',
      'cs-referer': 'https://a.example/',
    });
  });

  it.each(['2026/02/31 10:00:00 [error] 7#8: x', '2026/03/03 10:00:00 x'])('leaves %s', (text) =>
    expect(readNginxErrorLine(text)).toBeUndefined(),
  );
});
