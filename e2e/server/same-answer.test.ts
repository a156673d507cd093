import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corpus, yuheng } from '../cli.ts';
import { TestServer, withServer } from './run-server.ts';

// A server gives the findings and incidents of a hunt over the same files, byte for byte.

async function hunted(...paths: readonly string[]): Promise<{ findings: string[]; incidents: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-test-'));
  const [findings, incidents] = [join(folder, 'f.ndjson'), join(folder, 'i.ndjson')];
  const ran = await yuheng(['hunt', ...paths, '--out', findings, '--incidents', incidents, '--quiet']);
  if (ran.status !== 0) throw new Error(ran.stderr);
  const read = (path: string): string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1);
  const result = { findings: read(findings), incidents: read(incidents) };
  rmSync(folder, { recursive: true });
  return result;
}

/** A file of lines in parts of so many, as `ingest` takes them. */
function partsOf(file: string, size: number): { query: string; body: string }[] {
  const source = file.endsWith('auth.log') ? 'syslog' : file.endsWith('access.log') ? 'web-access' : 'windows-json';
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const parts: { query: string; body: string }[] = [];
  for (let from = 0; from < lines.length; from += size) {
    const query = new URLSearchParams({ source, file: basename(file), first: String(from + 1), year: '2026' });
    if (from + size >= lines.length) query.set('last', 'true');
    parts.push({ query: `?${query}`, body: `${lines.slice(from, from + size).join('\n')}\n` });
  }
  return parts;
}

describe('the same answer', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.remove());

  const held = async (batchSize: number, ...paths: readonly string[]): Promise<void> => {
    const key = await server.addTenant(`t${batchSize}`);
    const sent = await yuheng(['ingest', ...paths, '--batch-size', String(batchSize)], {
      env: { YUHENG_KEY: key, YUHENG_URL: server.url },
    });
    expect(sent.status, sent.stderr).toBe(0);
    // Ids hold the tenant, so another tenant's are others: what they tell is the same.
    const expected = await hunted(...paths);
    const titles = (texts: readonly string[]): string[] =>
      texts.map((text) => (JSON.parse(text) as { readonly message: string }).message).sort();
    for (const kind of ['findings', 'incidents'] as const)
      expect(titles(await server.settled(kind, expected[kind].length, key))).toEqual(titles(expected[kind]));
  };

  it('is that of a hunt over our samples', async () => {
    const sent = await withServer(server, 'ingest', 'samples');
    expect(sent.status, sent.stderr).toBe(0);
    await server.drained();
    const expected = await hunted('samples');
    expect(expected.incidents.length).toBeGreaterThan(0);
    expect(await server.settled('findings', expected.findings.length)).toEqual(expected.findings);
    expect(await server.settled('incidents', expected.incidents.length)).toEqual(expected.incidents);
    const doctor = await withServer(server, 'doctor', '--deep', '--json');
    expect(doctor.status, doctor.stdout).toBe(0);
    const books = JSON.parse(doctor.stdout).checks.filter(({ name }: { name: string }) => name.startsWith('books of'));
    expect(books.length).toBeGreaterThan(3);
  });

  it.each([1, 7])('is the same in batches of %i', (batchSize) => held(batchSize, 'samples'));

  it('is the same when the parts of text files come in any order, side by side', async () => {
    const files = ['samples/web01/auth.log', 'samples/web01/access.log', 'samples/ws01/sysmon.json'];
    const other = await TestServer.start();
    try {
      const parts = files.flatMap((file) => partsOf(file, 3));
      // Every second of them first: no part follows the one before it.
      const order = [...parts.filter((_, index) => index % 2 === 1), ...parts.filter((_, index) => index % 2 === 0)];
      await Promise.all(order.map(({ query, body }) => other.ingest(body, query)));
      await other.drained();
      const expected = await hunted(...files);
      expect(await other.settled('findings', expected.findings.length)).toEqual(expected.findings);
      expect(await other.settled('incidents', expected.incidents.length)).toEqual(expected.incidents);
    } finally {
      await other.remove();
    }
  });

  it.skipIf(!corpus)('is that of a hunt over hundreds of real logs', async () => {
    const other = await TestServer.start();
    try {
      const logs = [join(corpus!, 'logs'), join(corpus!, 'evtx')];
      await withServer(other, 'ingest', ...logs);
      await other.drained();
      const expected = await hunted(...logs);
      expect(expected.findings.length).toBeGreaterThan(500);
      expect(await other.settled('findings', expected.findings.length)).toEqual(expected.findings);
      expect(await other.settled('incidents', expected.incidents.length)).toEqual(expected.incidents);
    } finally {
      await other.remove();
    }
  });
});
