import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSigned, SECRET, startReceiver, type Receiver } from '../../apps/server/notices/testing.ts';
import { TestServer } from './run-server.ts';

interface Operation {
  readonly status: string;
  readonly metadata: { readonly uid: string };
  readonly unmapped: { readonly source: string; readonly last_received: number; readonly since: number };
}

describe('a source that falls silent', () => {
  let server: TestServer;
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
    server = await TestServer.start();
    await server.stop();
    const secretFile = join(server.data, 'webhook-secret');
    writeFileSync(secretFile, SECRET, { mode: 0o600 });
    const config = {
      silence: { after: '2s', sources: { calm: 'off' } },
      notices: { severity: 'medium', webhook: { url: receiver.url, secretFile } },
    };
    writeFileSync(join(server.data, 'yuheng.yaml'), JSON.stringify(config));
    await server.up();
  });
  afterAll(async () => {
    await server.remove();
    await receiver.close();
  });

  const operations = async (source: string, key = server.key): Promise<Operation[]> => {
    const { items } = (await server.request('/api/v1/operations', { key })).json as { items: Operation[] };
    return items.filter(({ unmapped }) => unmapped.source === source);
  };
  const until = async (source: string, holds: (found: Operation[]) => boolean): Promise<Operation[]> => {
    for (let tries = 0; tries < 100 && !holds(await operations(source)); tries++) await sleep(100);
    const found = await operations(source);
    expect(holds(found), JSON.stringify(found)).toBe(true);
    return found;
  };

  it('is found, told, and well again when it speaks', async () => {
    const headers = { authorization: `Bearer ${server.key}` };
    const listening = await fetch(`${server.url}/api/v1/changes`, { headers });
    await server.ingest('Mar  1 02:00:00 web app[1]: hello\n', '?source=web');
    await server.ingest('Mar  1 02:00:00 web app[1]: hello\n', '?source=calm');
    const [silent] = await until('web', (found) => found.length === 1);
    expect(silent!.status).toBe('New');
    expect(silent!.unmapped.since).toBe(silent!.unmapped.last_received + 2_000);
    await server.ingest('Mar  1 02:00:01 web app[1]: again\n', '?source=web');
    await until('web', ([first]) => first!.status === 'Resolved');
    const [second, first] = await until('web', (found) => found.length === 2);
    expect(first!.metadata.uid).toBe(silent!.metadata.uid);
    expect(second!.metadata.uid).not.toBe(silent!.metadata.uid);
    expect(await operations('calm')).toEqual([]);
    for (let tries = 0; tries < 50 && receiver.received.length < 2; tries++) await sleep(100);
    expect(receiver.received.every((received) => isSigned(received))).toBe(true);
    expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({
      type: 'operation.medium',
      tenant: 'default',
      operation: { uid: silent!.metadata.uid, source: 'web' },
      url: `${server.url}/operations`,
    });
    await server.stop();
    expect(await listening.text()).toContain('event: operations\n');
    await server.up();
  });

  it('does not speak by what closes its stream, and is not found twice by a restarted server', async () => {
    const open =
      'type=SYSCALL msg=audit(1700000000.001:7): arch=c000003e syscall=59 success=yes exit=0 pid=1 comm="sh"\n';
    await server.ingest(open, '?source=auditd&file=audit.log&first=1');
    const [silent] = await until('auditd', (found) => found.length === 1);
    for (let tries = 0; tries < 150; tries++) {
      const rows = await server.search("select count() as n from events where source = 'auditd'");
      if (rows[0]!['n'] === '1') break;
      await sleep(100);
    }
    expect(await server.search("select count() as n from events where source = 'auditd'")).toEqual([{ n: '1' }]);
    await server.killGroup();
    await server.up();
    await sleep(4_000);
    expect(await operations('auditd')).toEqual([silent]);
  });

  it("is nobody's but its tenant's", async () => {
    const other = await server.addTenant('other');
    expect((await server.request('/api/v1/operations', { key: other })).json).toEqual({ items: [], next: null });
    const first = (await server.request('/api/v1/operations?limit=1')).json;
    const rest = (await server.request(`/api/v1/operations?limit=100&cursor=${String(first.next)}`)).json;
    expect(rest.items.length).toBeGreaterThan(0);
    expect(rest.items).not.toContainEqual(first.items[0]);
  });
});
