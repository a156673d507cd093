import { gzipSync } from 'node:zlib';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { yuheng } from '../run.ts';
import { TestServer } from './run-server.ts';
import { unbalanced } from './kill-round.ts';

const LINE = 'Mar  1 02:00:00 web01 sshd[1]: Failed password for root from 203.0.113.9 port 4 ssh2';

describe('the API', () => {
  let server: TestServer;
  let other: string;
  beforeAll(async () => {
    server = await TestServer.start(['--max-body-bytes', '2000000']);
    other = await server.addTenant('other');
  });
  afterAll(() => server.remove());

  it('takes plain, gzip and zstd bodies, and answers with what became of the records', async () => {
    const body = `${LINE}\n${LINE}\n${'x'.repeat(1_200_000)}\n`;
    const answer = await server.ingest(body, '?source=mixed');
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ batch: expect.any(String), received: 3, accepted: 2, rejected: { 'too-long': 1 } });
    const packed = await server.ingest(gzipSync(`${LINE}\n`), '?source=mixed', { 'content-encoding': 'gzip' });
    expect(packed.json).toMatchObject({ received: 1, accepted: 1 });
    const frame = Buffer.from('28b52ffd0400190000' + Buffer.from('a\n').toString('hex') + '00', 'hex');
    const broken = await server.ingest(frame, '?source=mixed', { 'content-encoding': 'zstd' });
    expect(broken.status).toBe(400);
    const [row] = (await server.drained()).filter(({ source }) => source === 'mixed');
    expect(row).toMatchObject({ received: 4, stored: 3, pending: 0, rejected: { 'too-long': 1 } });
  });

  it('gives the first answer again for the same key, refuses the key for another body, and takes equal bodies twice', async () => {
    const key = { 'idempotency-key': 'once' };
    const first = await server.ingest(`${LINE}\n`, '?source=keyed', key);
    const again = await server.ingest(`${LINE}\n`, '?source=keyed', key);
    expect(again.text).toBe(first.text);
    expect(await server.ingest('another\n', '?source=keyed', key)).toMatchObject({ status: 409 });
    await server.ingest(`${LINE}\n`, '?source=keyed');
    await server.ingest(`${LINE}\n`, '?source=keyed');
    const [row] = (await server.drained()).filter(({ source }) => source === 'keyed');
    expect(row).toMatchObject({ received: 3, stored: 3 });
    const rows = await server.search("select count() as n, uniqExact(uid) as u from events where source = 'keyed'");
    expect(rows).toEqual([{ n: '3', u: '3' }]);
  });

  it('keeps what is hostile as it came', async () => {
    const texts = [
      '\u001b[2J\u0000<script>alert(1)</script>',
      "'; drop table events --",
      '{"a":"\\ud800","__proto__":{"x":1}}',
      '\u202e\ufffe😀',
    ];
    const line = (text: string): string =>
      JSON.stringify({ Channel: 'Security', EventID: 1, Computer: text, TimeCreated: '2026-03-01T02:00:00Z', text });
    const answer = await server.ingest(
      `${texts.map(line).join('\n')}\n`,
      '?source=windows-json&file=hostile&first=1&last=true',
    );
    expect(answer.json).toMatchObject({ received: 4, accepted: 4 });
    const torn =
      '{"Channel":"Security","EventID":1,"Computer":"\\udc00","TimeCreated":"2026-03-01T02:00:00Z","x":"\\ud83d"}';
    await server.ingest(`${torn}\n${'\u0000'.repeat(50)}plain\n`, '?source=hostile');
    await server.drained();
    const rows = await server.search("select raw_data from events where file = 'hostile' order by record");
    expect(rows.map((row) => row['raw_data'])).toEqual(texts.map(line));
    const kept = await server.search("select raw_data from events where source = 'hostile' order by record");
    expect(kept.map((row) => row['raw_data'])).toContain(torn);
  });

  it('joins 1,000 audit lines that are sent one by one as a file joins them', async () => {
    const lines = Array.from({ length: 250 }, (_, index) => {
      const id = `msg=audit(1700000000.${String(index).padStart(3, '0')}:${index})`;
      return [
        `type=SYSCALL ${id}: arch=c000003e syscall=59 success=yes exit=0 pid=${index} uid=0 comm="sh" exe="/bin/sh"`,
        `type=CWD ${id}: cwd="/root"`,
        `type=EXECVE ${id}: argc=2 a0="sh" a1="${index}"`,
        `type=PROCTITLE ${id}: proctitle="sh"`,
      ];
    }).flat();
    const sent = await Promise.all(
      lines.map((line, index) => server.ingest(`${line}\n`, `?source=auditd&file=audit.log&first=${index + 1}`)),
    );
    expect(sent.filter(({ status }) => status !== 200)).toEqual([]);
    await server.drained();
    const rows = await server.search("select count() as n, sum(records) as r from events where source = 'auditd'");
    expect(rows).toEqual([{ n: '250', r: '1000' }]);
  });

  it.each<[string, Promise<string> | string, number, string]>([
    ['no key', 'nothing', 401, 'YH-UNAUTHORIZED'],
    ['a wrong key', 'yh_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 401, 'YH-UNAUTHORIZED'],
  ])('answers %s', async (_what, key, status, code) => {
    const answer = await server.request('/api/v1/ledger', { key: (await key) === 'nothing' ? null : await key });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.json).toMatchObject({ status, code, title: expect.any(String), detail: expect.any(String) });
  });

  it('keeps to the scopes of a key', async () => {
    const made = await yuheng(['key', 'new', '--data', server.data, '--json', '--scopes', 'ingest']);
    const { apiKey } = JSON.parse(made.stdout) as { apiKey: string };
    expect((await server.request('/api/v1/ledger', { key: apiKey })).json).toMatchObject({
      status: 403,
      code: 'YH-SCOPE',
    });
    const wrong = await yuheng(['key', 'new', '--data', server.data, '--scopes', 'all']);
    expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining('YH-USAGE') });
  });

  it.each<[string, string, RequestInit, number, string]>([
    ['a path that is none', '/api/v2/x', {}, 404, 'YH-NOT-FOUND'],
    ['a parameter that is none', '/api/v1/ingest?sauce=x', { method: 'POST', body: 'x' }, 400, 'YH-REQUEST'],
    ['a first that is no number', '/api/v1/ingest?first=0', { method: 'POST', body: 'x' }, 400, 'YH-REQUEST'],
    ['a body too large', '/api/v1/ingest', { method: 'POST', body: 'x\n'.repeat(1_500_000) }, 413, 'YH-BODY-TOO-LARGE'],
    [
      'a type that is none',
      '/api/v1/ingest',
      { method: 'POST', body: '<x/>', headers: { 'content-type': 'text/html' } },
      415,
      'YH-MEDIA-TYPE',
    ],
    [
      'an unknown packing',
      '/api/v1/ingest',
      { method: 'POST', body: 'x', headers: { 'content-encoding': 'br' } },
      415,
      'YH-ENCODING',
    ],
    [
      'a gzip that is none',
      '/api/v1/ingest',
      { method: 'POST', body: 'x', headers: { 'content-encoding': 'gzip' } },
      400,
      'YH-BODY-DAMAGED',
    ],
    ['a broken cursor', '/api/v1/findings?cursor=abc', {}, 400, 'YH-CURSOR'],
    ['a limit too large', '/api/v1/findings?limit=1001', {}, 400, 'YH-REQUEST'],
    ['an incident that is none', `/api/v1/incidents/${'0'.repeat(32)}`, {}, 404, 'YH-NOT-FOUND'],
    [
      'JSON that is none',
      '/api/v1/search',
      { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
      400,
      'YH-REQUEST',
    ],
    [
      'SQL that may not run',
      '/api/v1/search',
      {
        method: 'POST',
        body: '{"query":"select file(\'/etc/passwd\')"}',
        headers: { 'content-type': 'application/json' },
      },
      400,
      'YH-SQL-REFUSED',
    ],
  ])('answers %s with what, why and what to do', async (_what, path, init, status, code) => {
    const headers = { 'content-type': 'text/plain', ...(init.headers as Record<string, string>) };
    const answer = await server.request(path, init.body === undefined ? init : { ...init, headers });
    expect(answer.json).toMatchObject({ status, code });
    expect(answer.status).toBe(status);
  });

  it('unpacks no bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.byteLength).toBeLessThan(60_000);
    expect(await server.ingest(bomb, '', { 'content-encoding': 'gzip' })).toMatchObject({ status: 413 });
  });

  it('takes nothing of a body that is cut off', async () => {
    const before = await server.ledger();
    const { hostname, port } = new URL(server.url);
    await new Promise<void>((done) => {
      const headers = {
        authorization: `Bearer ${server.key}`,
        'content-type': 'text/plain',
        'content-length': '100000',
      };
      const sending = httpRequest({ hostname, port, path: '/api/v1/ingest?source=cut', method: 'POST', headers });
      sending.on('error', () => done());
      sending.write(`${LINE}\n`);
      setTimeout(() => sending.destroy(), 100);
    });
    expect(await server.ledger()).toEqual(before);
  });

  it('is called by its own name only, and not from pages of others', async () => {
    const { hostname, port } = new URL(server.url);
    const call = (headers: Record<string, string>): Promise<number> =>
      new Promise((done) => {
        const options = { hostname, port, path: '/api/v1/health', headers };
        httpRequest(options, (response) => done(response.statusCode!)).end();
      });
    expect(await call({ host: `127.0.0.1:${port}` })).toBe(200);
    expect(await call({ host: `localhost:${port}` })).toBe(200);
    expect(await call({ host: 'attacker.example' })).toBe(403);
    expect(await call({ host: `127.0.0.1:${port}`, origin: 'https://attacker.example' })).toBe(403);
    expect(await call({ host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}` })).toBe(200);
  });

  it('signs in by the link once, with a cookie that scripts cannot read', async () => {
    const path = server.signIn.slice(server.url.length);
    const first = await server.request(path, { key: null });
    expect(first.status).toBe(303);
    const cookie = first.headers.get('set-cookie')!;
    expect(cookie).toMatch(/^yuheng_session=[\w-]{43};.*HttpOnly; SameSite=Strict/);
    expect(await server.request(path, { key: null })).toMatchObject({ status: 403 });
    const session = { cookie: cookie.split(';')[0]! };
    const who = await server.request('/api/v1/session', { key: null, headers: session });
    expect(who.json).toMatchObject({ tenant: 'default' });
    expect(await server.request('/api/v1/session', { key: null, headers: session, method: 'DELETE' })).toMatchObject({
      status: 204,
    });
    expect(await server.request('/api/v1/session', { key: null, headers: session })).toMatchObject({ status: 401 });
  });

  it("shows nothing of another tenant's, on any route", async () => {
    const probe = ['/.env', '/wp-login.php', '/../../etc/passwd'].map(
      (url) => `203.0.113.7 - - [01/Mar/2026:02:00:00 +0000] "GET ${url} HTTP/1.1" 404 1 "-" "sqlmap/1.0"`,
    );
    await server.ingest(`${probe.join('\n')}\n`, '?source=web-access&file=a&first=1&last=true');
    await server.drained();
    await server.settled('findings', 1);
    const [finding] = (await server.request('/api/v1/findings?limit=1')).json.items;
    const uid = finding.metadata.uid as string;
    const incident = (await server.request('/api/v1/incidents?limit=1')).json.items[0];
    const ids = [uid, incident?.metadata.uid ?? uid, 'ffffffffffffffffffffffffffffffff'];
    const { paths } = (await server.request('/api/v1/openapi.json', { key: null })).json as {
      paths: Record<string, Record<string, unknown>>;
    };
    expect(Object.keys(paths).length).toBeGreaterThan(8);
    for (const [path, methods] of Object.entries(paths)) {
      for (const method of Object.keys(methods)) {
        if (!path.includes('{uid}')) continue;
        const sent = { put: '{"status":"open"}', patch: '{"owner":"x"}' }[method];
        const body = sent === undefined ? {} : { body: sent, headers: { 'content-type': 'application/json' } };
        const answers = await Promise.all(
          ids.map((id) =>
            server.request(path.replace('{uid}', id), { key: other, method: method.toUpperCase(), ...body }),
          ),
        );
        expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, `${method} ${path}`).toBe(1);
        expect(answers[0]!.status).toBe(404);
      }
    }
    for (const path of ['findings', 'incidents'])
      expect((await server.request(`/api/v1/${path}`, { key: other })).json).toEqual({ items: [], next: null });
    expect(await server.ledger(other)).toEqual([]);
    expect(await server.search('select count() as n from events', other)).toEqual([{ n: '0' }]);
    expect(await server.search('select count() as n from findings', other)).toEqual([{ n: '0' }]);
  });

  it('says what it can do, and keeps its books', async () => {
    const document = (await server.request('/api/v1/openapi.json', { key: null })).json;
    expect(document.openapi).toMatch(/^3\.1/);
    expect(document.paths['/api/v1/ingest'].post.requestBody.content).toHaveProperty('application/x-ndjson');
    expect(unbalanced(await server.ledger())).toEqual([]);
  });

  it('is slow to listen to who guesses', async () => {
    const statuses = [];
    for (let guess = 0; guess < 25; guess++)
      statuses.push((await server.request('/api/v1/ledger', { key: 'guess' })).status);
    expect(statuses.slice(0, 15).every((status) => status === 401)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
    expect((await server.request('/api/v1/ledger')).status).toBe(200);
  });
});

describe('a server behind a proxy', () => {
  it('believes its proxy, lets its own pages in, and ends in order while a page listens', async () => {
    const server = await TestServer.start(['--behind-proxy']);
    try {
      const { hostname, port } = new URL(server.url);
      const call = (origin: string): Promise<number> =>
        new Promise((done) => {
          const headers = { host: 'yuheng.example', 'x-forwarded-proto': 'https', origin };
          const options = { hostname, port, path: '/api/v1/health', headers };
          httpRequest(options, (response) => done(response.statusCode!)).end();
        });
      expect(await call('https://yuheng.example')).toBe(200);
      expect(await call('http://yuheng.example')).toBe(403);
      const headers = { authorization: `Bearer ${server.key}` };
      const listening = await fetch(`${server.url}/api/v1/changes`, { headers });
      expect(listening.status).toBe(200);
      const began = Date.now();
      expect(await server.stop()).toBe(0);
      expect(Date.now() - began).toBeLessThan(9_000);
      expect(await listening.text()).toContain('retry:');
    } finally {
      await server.remove();
    }
  });
});

describe('a server that cannot start', () => {
  it('says why and what to do', async () => {
    const server = await TestServer.start();
    try {
      const { port } = new URL(server.url);
      const free = ['serve', '--data', `${server.data}-2`];
      expect((await yuheng([...free, '--port', port])).stderr).toMatch(/YH-PORT-IN-USE/);
      expect((await yuheng([...free, '--host', '0.0.0.0'])).stderr).toMatch(/YH-OPEN-HOST/);
      expect((await yuheng([...free, '--port', 'x'])).stderr).toMatch(/YH-USAGE/);
      expect((await yuheng(['serve', '--data', server.data, '--port', '0'])).stderr).toMatch(/YH-DATA-IN-USE/);
      const again = await yuheng(['init', '--data', server.data, '--json']);
      expect(JSON.parse(again.stdout)).toEqual({ tenant: 'default', apiKey: null, already: true });
      expect(await server.stop()).toBe(0);
    } finally {
      await server.remove();
    }
  });
});
