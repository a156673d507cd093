import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Counts, type MatchedEvent } from '@yuheng/engine';
import type { InputFile } from '@yuheng/adapter-files';
import { writeEvtx, windowsEvent } from '@yuheng/evtx/testing';
import { loadRules } from '@yuheng/sigma';
import { afterAll, describe, expect, it } from 'vitest';
import { divide } from './divide.ts';
import { makeSetup } from './setup.ts';
import { runTask, type RefusedRecord } from './task.ts';

const folder = mkdtempSync(join(tmpdir(), 'yuheng-divide-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = { batchSize: 100, maxRecordBytes: 100_000, timezone: 'UTC' };
const { rules } = loadRules([
  {
    file: 'rule.yml',
    text: 'title: t\nid: 6f9f6a5e-0001-4c4b-9c4b-000000000001\nlogsource: {product: windows}\ndetection: {s: {Mark|endswith: "7"}, condition: s}\n',
  },
  {
    file: 'web.yml',
    text: 'title: w\nid: 6f9f6a5e-0002-4c4b-9c4b-000000000001\nlogsource: {category: webserver}\ndetection: {s: {cs-uri-query|endswith: "7"}, condition: s}\n',
  },
]);
const set = { ...loadRules([]), rules };

const eventJson = (id: number): string =>
  JSON.stringify({
    EventID: 4688,
    Channel: 'Security',
    Hostname: 'h',
    EventTime: '2024-01-02 03:04:05',
    EventRecordID: id,
    Mark: `${id}`,
  });
const eventXml = (id: number) =>
  windowsEvent({
    recordId: BigInt(id),
    provider: 'P',
    eventId: 4688,
    channel: 'Security',
    computer: 'h',
    time: Date.UTC(2024, 0, 2, 3, 4, 5),
    data: { Mark: `${id}` },
  });
const access = (id: number): string =>
  `192.0.2.1 - - [02/Jan/2024:03:04:05 +0000] "GET /a?id=${id} HTTP/1.1" 200 12 "-" "curl/8"`;
const numbers = Array.from({ length: 6000 }, (_, id) => id + 1);

async function write(name: string, content: string | Buffer): Promise<InputFile> {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { path, name, size: statSync(path).size };
}

async function parts(file: InputFile, encoding?: string): Promise<InputFile[]> {
  const found: InputFile[] = [];
  for await (const part of divide(file, { ...options, ...(encoding && { encoding }) }, 1, 70_000)) found.push(part);
  return found;
}

interface WhatWasRead {
  readonly counts: object;
  readonly refusals: readonly Omit<RefusedRecord, 'file'>[];
  readonly matches: readonly MatchedEvent[];
}

/** What is read and found in files, in order. */
async function read(files: readonly InputFile[]): Promise<WhatWasRead> {
  const counts = new Counts();
  const refusals: Omit<RefusedRecord, 'file'>[] = [];
  const matches: MatchedEvent[] = [];
  const setup = makeSetup(set, options, (_, { reason, offset, detail }) => refusals.push({ reason, offset, detail }));
  for (const file of files) {
    const { unreadable } = await runTask({ file }, setup, counts, {
      matches: async (events) => void matches.push(...events),
      progress() {},
    });
    expect(unreadable).toEqual([]);
  }
  expect(matches.length).toBeGreaterThan(500);
  return { counts: { ...counts }, refusals, matches };
}

describe('a large file', () => {
  const broken = numbers.map((id) => (id % 1000 === 500 ? '{"torn":' : eventJson(id))).join('\n');
  it.each([
    ['NDJSON', 'a.json', `${numbers.map(eventJson).join('\r\n')}\r\n`],
    ['NDJSON with torn lines', 'b.json', broken],
    ['an access log', 'access.log', numbers.map(access).join('\n')],
    ['an event log', 'a.evtx', writeEvtx(numbers.map(eventXml))],
  ])('is read in pieces as it is as a whole: %s', async (_, name, content) => {
    const file = await write(name, content);
    const pieces = await parts(file);
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.reduce((sum, { size }) => sum + size, 0)).toBe(file.size);
    expect(await read(pieces)).toEqual(await read([file]));
  });

  it('loses no more of a damaged event log in pieces than as a whole', async () => {
    const file = await write('b.evtx', damaged(writeEvtx(numbers.map(eventXml))));
    const pieces = await parts(file);
    expect(pieces.length).toBeGreaterThan(3);
    const [inPieces, whole] = [await read(pieces), await read([file])];
    expect(whole.refusals.length).toBeGreaterThan(1);
    expect([inPieces.counts, inPieces.refusals]).toEqual([whole.counts, whole.refusals]);
    // The records of a chunk that cannot be trusted are not counted before they are read.
    expect(inPieces.matches.map(({ places }) => places)).toEqual(whole.matches.map(({ places }) => places));
  });

  it.each([
    ['a packed one', 'c.json.gz', gzipSync(Buffer.from(numbers.map((id) => `${eventJson(id)}${id ** 7}`).join('\n')))],
    ['an array', 'd.json', `[${numbers.map(eventJson).join(',\n')}]`],
    ['one with a byte-order mark', 'e.json', `\ufeff${numbers.map(eventJson).join('\n')}`],
    ['one whose records belong together', 'auth.log', 'Jan  2 03:04:05 h sshd[1]: a\n'.repeat(9000)],
    ['one that nobody knows', 'f.txt', 'nobody knows\n'.repeat(20_000)],
  ])('stays whole where it cannot be divided: %s', async (_, name, content) => {
    const file = await write(name, content);
    expect(await parts(file)).toEqual([file]);
  });

  it('stays whole in an encoding whose lines are cut after it is decoded', async () => {
    const file = await write('g.json', numbers.map(eventJson).join('\n'));
    expect(await parts(file, 'utf-16le')).toEqual([file]);
    expect((await parts(file, 'gb18030')).length).toBeGreaterThan(3);
  });

  it('is left to its reader where it cannot be opened', async () => {
    const gone = { path: join(folder, 'gone.json'), name: 'gone.json', size: 1_000_000 };
    expect(await parts(gone)).toEqual([gone]);
  });
});

/** With wrong bytes in the header of the third chunk, and in the records of the fifth. */
function damaged(log: Buffer): Buffer {
  const copy = Buffer.from(log);
  copy.fill(0xff, 4096 + 2 * 65_536 + 40, 4096 + 2 * 65_536 + 44);
  copy.fill(0xff, 4096 + 4 * 65_536 + 2000, 4096 + 4 * 65_536 + 2100);
  return copy;
}
