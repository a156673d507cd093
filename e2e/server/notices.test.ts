import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  isSigned,
  SECRET,
  startMailServer,
  startReceiver,
  type MailServer,
  type Receiver,
} from '../../apps/server/notices/testing.ts';
import { TestServer, withServer } from './run-server.ts';

/** Waits for something, half a minute at most. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 150 && !(await holds()); tries++) await sleep(200);
  expect(await holds()).toBe(true);
}

/** A guessed password, with what a hostile sender may put into a host's name. */
const attack = (host: string, address: string): string =>
  Array.from(
    { length: 40 },
    (_, n) =>
      `Mar  1 02:00:${String(n).padStart(2, '0')} ${host} sshd[${n + 100}]: Failed password for root from ${address} port ${40_000 + n} ssh2`,
  )
    .concat(`Mar  1 02:01:00 ${host} sshd[200]: Accepted password for root from ${address} port 41000 ssh2`, '')
    .join('\n');

describe('notices', () => {
  let server: TestServer;
  let receiver: Receiver;
  let mail: MailServer;
  beforeAll(async () => {
    [receiver, mail] = await Promise.all([startReceiver(), startMailServer()]);
    server = await TestServer.start();
    await server.stop();
    const secretFile = join(server.data, 'webhook-secret');
    writeFileSync(secretFile, SECRET, { mode: 0o600 });
    const notices = {
      language: 'zh-CN',
      console: 'https://yuheng.example.org/',
      webhook: { url: receiver.url, secretFile },
      mail: { url: `smtp://127.0.0.1:${mail.port}`, from: 'Yuheng <yuheng@example.org>', to: 'soc@example.org' },
    };
    writeFileSync(join(server.data, 'yuheng.yaml'), JSON.stringify({ notices }));
    await server.up();
  });
  afterAll(async () => {
    await server.remove();
    await Promise.all([receiver.close(), mail.close()]);
  });

  const books = async (key = server.key) => (await server.request('/api/v1/notices', { key })).json;

  it('of an incident go out by webhook and by mail, once each', async () => {
    expect((await server.ingest(attack('web', '203.0.113.9'), '?source=ssh&year=2026')).status).toBe(200);
    await until(() => receiver.received.length > 0 && mail.mails.length > 0);
    const [incident] = (await server.settled('incidents', 1)).map((text) => JSON.parse(text));
    const [received] = receiver.received;
    expect(isSigned(received!)).toBe(true);
    expect(JSON.parse(received!.body)).toMatchObject({
      type: `incident.${String(incident.severity).toLowerCase()}`,
      tenant: 'default',
      incident: { uid: incident.unmapped.uid, title: incident.unmapped.title },
      url: `https://yuheng.example.org/incidents/${incident.unmapped.uid}`,
    });
    expect(mail.mails[0]).toMatchObject({ from: 'yuheng@example.org', to: ['soc@example.org'] });
    expect(mail.mails[0]!.raw).toMatch(/^Subject: =\?UTF-8\?/m);
    const severities = receiver.received.map(({ body }) => JSON.parse(body).incident.severity_id as number);
    expect(new Set(severities).size).toBe(severities.length);
    await until(async () => (await books()).items.every(({ state }: { state: string }) => state === 'sent'));
    const doctor = await withServer(server, 'doctor', '--json');
    const checks = JSON.parse(doctor.stdout).checks as { name: string; value: string }[];
    expect(checks.find(({ name }) => name === 'notices by webhook')?.value).toBe(
      `pending 0, sent ${receiver.received.length}, failed 0`,
    );
  });

  it('that are refused wait over a restart, and arrive', async () => {
    const before = receiver.received.length;
    receiver.answer = (response) => response.writeHead(500).end();
    const host = '"><script>alert(1)</script>';
    await server.ingest(attack(host, '203.0.113.10'), '?source=hostile&year=2026');
    await until(() => receiver.received.length > before);
    await until(async () => (await books()).items.some(({ error }: { error: string }) => error === 'answered 500'));
    await server.killGroup();
    receiver.answer = (response) => response.end();
    const tried = receiver.received.length;
    await server.up();
    await until(() => receiver.received.length > tried);
    await until(async () => (await books()).channels.every(({ pending }: { pending: number }) => pending === 0));
    const again = receiver.received.slice(before);
    expect(again.every((received) => isSigned(received))).toBe(true);
    expect(new Set(again.map(({ headers }) => headers['webhook-id'])).size).toBeLessThan(again.length);
    expect(new Set(again.map(({ body }) => body)).size).toBeLessThan(again.length);
  });

  it("show nothing of another tenant's, and no secret anywhere", async () => {
    const other = await server.addTenant('other');
    expect(await books(other)).toEqual({ channels: [], items: [], next: null });
    const first = (await server.request('/api/v1/notices?limit=1')).json;
    const second = (await server.request(`/api/v1/notices?limit=1&cursor=${String(first.next)}`)).json;
    expect(second.items[0].uid).not.toBe(first.items[0].uid);
    const everything = server.log + JSON.stringify(await books());
    expect(everything).not.toContain(SECRET.slice(6));
    expect(everything).not.toContain(receiver.url);
  });
});
