import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { corpus, emptyFolder, yuheng } from './cli.ts';

// Law 2: the same records give byte-identical findings and incidents at any batch size, number of workers and order of files.

interface Outcome {
  readonly findings: string;
  readonly incidents: string;
  readonly records: unknown;
}

async function hunt(paths: string[], ...flags: string[]): Promise<Outcome> {
  const folder = emptyFolder();
  const out = join(folder, 'findings.ndjson');
  const incidents = join(folder, 'incidents.ndjson');
  const ran = await yuheng(['hunt', ...paths, '--out', out, '--incidents', incidents, '--json', '--quiet', ...flags]);
  expect(ran.stderr).toBe('');
  expect(ran.status).toBe(0);
  const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
  return {
    findings: hash(out),
    incidents: hash(incidents),
    records: (JSON.parse(ran.stdout) as { records: unknown }).records,
  };
}

describe.skipIf(!corpus)('over the real data, with the rules of SigmaHQ and ours', () => {
  const paths = ['evtx', 'otrf', 'logs', 'sigma-regression'].map((name) => join(corpus!, name));
  const rules = ['--rules', join(corpus!, 'sigma')];
  let first: Promise<Outcome> | undefined;
  const reference = (): Promise<Outcome> => (first ??= hunt(paths, ...rules, '--workers', '1', '--batch-size', '1000'));

  it.each([
    ['batches of 1', paths, ['--workers', '1', '--batch-size', '1']],
    ['batches of 7 on 4 workers', paths, ['--workers', '4', '--batch-size', '7']],
    ['shuffled arguments on 4 workers', [paths[2]!, paths[0]!, paths[3]!, paths[1]!], ['--workers', '4']],
  ])(
    'gives the same with %s',
    async (_, order, flags) => {
      expect(await hunt(order, ...rules, ...flags)).toEqual(await reference());
    },
    600_000,
  );

  it('keeps the books', async () => {
    const { read, parsed, unparsed, refused } = (await reference()).records as {
      read: number;
      parsed: number;
      unparsed: number;
      refused: { [reason: string]: number };
    };
    expect(read).toBe(parsed + unparsed + Object.values(refused).reduce((sum, count) => sum + count, 0));
    expect(read).toBeGreaterThan(100_000);
  }, 600_000);
});

it('gives the same for a file that is read in pieces, and for the same file packed, which is not', async () => {
  const folder = emptyFolder();
  const [plain, packed] = [join(folder, 'plain'), join(folder, 'packed')];
  for (const path of [plain, packed]) mkdirSync(path);
  const text = largeLog(260 * 2 ** 20);
  writeFileSync(join(plain, 'events.json'), text);
  writeFileSync(join(packed, 'events.json.gz'), gzipSync(text, { level: 1 }));
  const reference = await hunt([packed]);
  expect(reference.records).toMatchObject({ parsed: 133_120 });
  expect(reference.findings).not.toBe(createHash('sha256').digest('hex'));
  expect(await hunt([plain], '--workers', '1')).toEqual(reference);
  expect(await hunt([plain], '--workers', '3')).toEqual(reference);
}, 300_000);

/** NDJSON of so many bytes, in lines of 2 KiB; one of 1,000 tells that an event log was cleared. */
function largeLog(bytes: number): Buffer {
  const line = (id: number): Buffer => {
    const [EventID, Channel] = id % 1000 === 0 ? [1102, 'Security'] : [4688, 'Security'];
    const EventTime = new Date(Date.UTC(2024, 0, 1) + id * 1000).toISOString();
    const event = { EventID, Channel, Hostname: 'ws01', EventTime, EventRecordID: id, CommandLine: '' };
    const room = 2047 - Buffer.byteLength(JSON.stringify(event));
    return Buffer.from(`${JSON.stringify({ ...event, CommandLine: 'x'.repeat(room) })}\n`);
  };
  return Buffer.concat(Array.from({ length: bytes / 2048 }, (_, id) => line(id + 1)));
}
