import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer, withServer } from './run-server.ts';

const JSON_BODY = { 'content-type': 'application/json' };

describe('triage', () => {
  let server: TestServer;
  let uid = '';
  const titles = async (query: string): Promise<number> =>
    ((await server.request(`/api/v1/incidents?${query}`)).json as { items: unknown[] }).items.length;
  const send = (method: string, body: unknown): ReturnType<TestServer['request']> =>
    server.request(`/api/v1/incidents/${uid}/status`, { method, headers: JSON_BODY, body: JSON.stringify(body) });

  beforeAll(async () => {
    server = await TestServer.start();
    await withServer(server, 'ingest', 'samples');
    const [first] = await server.settled('incidents', 2);
    uid = (JSON.parse(first!) as { metadata: { uid: string } }).metadata.uid;
  });
  afterAll(() => server.remove());

  it.each([
    ['', 2],
    ['severity=high', 2],
    ['severity=critical', 1],
    ['text=WEB01', 1],
    ['text=web01&severity=critical&status=new', 1],
    ['text=nowhere', 0],
    ['text=%25', 0],
    ['status=closed', 0],
  ])('lists incidents by %j, and counts the same', async (query, expected) => {
    expect(await titles(query)).toBe(expected);
    const params = new URLSearchParams(query);
    params.delete('status');
    if (params.size < new URLSearchParams(query).size) return;
    const { json } = await server.request(`/api/v1/incidents/counts?${query}`);
    expect(json).toEqual({ new: expected, open: 0, closed: 0, 'false-positive': 0 });
  });

  it.each(['severity=worst', 'text=', 'text=%00', `text=${'x'.repeat(201)}`, 'triage=yes', 'state=new'])(
    'refuses %j',
    async (query) => expect(await server.request(`/api/v1/incidents?${query}`)).toMatchObject({ status: 400 }),
  );

  it('says who works on an incident, beside its state, and asked for only', async () => {
    expect((await send('PATCH', { owner: ' Li Lei ' })).json).toEqual({ owner: 'Li Lei' });
    expect((await send('PUT', { status: 'open' })).json).toEqual({ status: 'open' });
    const path = `/api/v1/incidents/${uid}/status`;
    expect((await server.request(path)).json).toMatchObject({ status: 'open', reason: '', owner: 'Li Lei' });
    const page = (await server.request('/api/v1/incidents?triage=true&status=open')).json as { triage: unknown };
    expect(page.triage).toEqual([{ status: 'open', reason: '', owner: 'Li Lei' }]);
    expect(Object.keys((await server.request('/api/v1/incidents')).json as object)).toEqual(['items', 'next']);
    const report = (await server.request(`/api/v1/incidents/${uid}/report`)).text;
    expect(report).toContain('Open · owner: Li Lei');
    expect((await send('PATCH', { owner: '' })).json).toEqual({ owner: '' });
  });

  it.each([
    {},
    { owner: 'x'.repeat(201) },
    { owner: 'a\u0000' },
    { owner: 'a\nb' },
    { owner: 'x', status: 'open' },
    [],
  ])('refuses the owner %j', async (body) => expect(await send('PATCH', body)).toMatchObject({ status: 400 }));
});
