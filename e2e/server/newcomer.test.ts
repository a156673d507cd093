import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from './run-server.ts';

describe("a newcomer's first minute", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.remove());

  it('shows a real detection of a touch of the decoy, with the raw event behind it', async () => {
    const began = Date.now();
    await fetch(`${server.decoy}/.env?x=1`);
    const incident = async () => (await server.request('/api/v1/incidents')).json.items[0];
    while (!(await incident()) && Date.now() - began < 60_000) await sleep(250);
    const { finding_info_list: findings } = await incident();
    expect(findings).toHaveLength(2);
    expect(Date.now() - began).toBeLessThan(60_000);
    const rows = await server.search("select raw_data from events where source = 'decoy'");
    expect(JSON.parse(String(rows[0]!['raw_data']))).toMatchObject({ decoy: 'http', 'cs-uri': '/.env?x=1' });
    const mirrored = await server.search('select count() as n from incidents');
    expect(mirrored).toEqual([{ n: '1' }]);
  });

  it('keeps no password that was typed at the wrong door', async () => {
    await fetch(`${server.decoy}/login`, {
      method: 'POST',
      body: new URLSearchParams({ username: 'eve', password: 'hunter2' }),
    });
    for (let tries = 0; tries < 50; tries++) {
      const rows = await server.search("select raw_data from events where user = 'eve'");
      if (rows.length > 0) return expect(JSON.stringify(rows)).not.toContain('hunter2');
      await sleep(200);
    }
    throw new Error('the login was not told');
  });
});
