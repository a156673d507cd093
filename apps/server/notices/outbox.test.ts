import { noticePlace, type KeptFinding, type Notice } from '@yuheng/engine';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate, PostgresFindings, PostgresNotices } from '../../../adapters/postgres/index.ts';
import { openTestDatabase, type TestDatabase } from '../../../adapters/postgres/testing.ts';
import { NotDelivered, type Channel } from './channel.ts';
import type { News } from './news.ts';
import { FIRST_PAUSE_MS, GIVE_UP_MS, LONGEST_PAUSE_MS } from './pauses.ts';
import { Sender } from './sender.ts';
import { NoticeWriter, type Feed } from './writer.ts';

const NOW = 1_772_330_400_000;
const log = { info: () => {}, error: () => {} };

let database: TestDatabase;
let findings: PostgresFindings;
let notices: PostgresNotices;
beforeEach(async () => {
  database = await openTestDatabase();
  await migrate(database.sql);
  findings = new PostgresFindings(database.sql);
  notices = new PostgresNotices(database.sql);
}, 60_000);
afterEach(() => database.close());

const feed = (): Feed => ({
  name: 'incidents',
  changes: async (after, limit) =>
    (await findings.changes('incidents', after, limit)).map((change) => ({
      ...change,
      tell: () => ({ type: 'incident' }) as News,
    })),
});
const read = (channels: ('webhook' | 'mail')[] = ['webhook'], isStopping = () => false): Promise<void> =>
  new NoticeWriter(notices, { channels, leastSeverityId: 4 }).read(feed(), NOW, isStopping);

const incident = (uid: string, severityId: number, body = `${uid} ${severityId}`): KeptFinding => {
  const order = { ms: 1, ns: 0, source: 's', file: 'f', number: 1, uid };
  return { uid, order, severityId, title: `title\r\nof ${uid}`, rule: '', body, endMs: 9 };
};
const revise = (incidents: KeptFinding[], retracted: { uid: string; into: string }[] = [], tenant = 'a') =>
  findings.revise(tenant, {
    findings: [],
    incidents,
    retractedFindings: [],
    retractedIncidents: retracted,
    concludedMs: 1,
    sequence: 1,
  });
const told = async (tenant = 'a'): Promise<unknown[]> =>
  (await notices.list(tenant, 1_000)).map(({ about, severityId, channel }) => [about, severityId, channel]).sort();

/** A channel that refuses the first deliveries. */
const refusing = (times: number): Channel & { readonly taken: string[] } => {
  const taken: string[] = [];
  return {
    name: 'webhook',
    taken,
    async deliver({ uid }) {
      if (times-- > 0) throw new NotDelivered('answered 500');
      taken.push(uid);
      return 'one mailbox less';
    },
  };
};

it('tells of an incident once it is bad enough, by every channel, and again when it is worse', async () => {
  await read();
  await revise([incident('i1', 3), incident('i2', 4)]);
  await read(['webhook', 'mail']);
  expect(await told()).toEqual([
    ['i2', 4, 'mail'],
    ['i2', 4, 'webhook'],
  ]);
  await revise([incident('i1', 4), incident('i2', 4, 'grown')]);
  await read();
  await revise([incident('i2', 5)]);
  await read();
  await revise([incident('i2', 4, 'less')]);
  await read();
  expect(await told()).toEqual([
    ['i1', 4, 'webhook'],
    ['i2', 4, 'mail'],
    ['i2', 4, 'webhook'],
    ['i2', 5, 'webhook'],
  ]);
  expect((await notices.list('a', 1))[0]!.title).toMatch(/^title of i\d$/);
});

it('tells nothing of what was there before, and all that came while the server was away', async () => {
  await revise([incident('old', 5)]);
  await read();
  expect(await told()).toEqual([]);
  await revise([incident('new', 4)]);
  await revise(Array.from({ length: 450 }, (_, index) => incident(`many ${index}`, 4)));
  let looks = 0;
  await read(['webhook'], () => looks++ > 0);
  expect((await told()).length).toBeLessThan(451);
  await read();
  expect(await told()).toHaveLength(451);
  await notices.unfollow('incidents');
  await revise([incident('unwanted', 5)]);
  await read();
  expect(await told()).toHaveLength(451);
});

it('does not tell of an incident again when another takes it up', async () => {
  await read();
  await revise([incident('i1', 4)]);
  await read();
  await revise([incident('i2', 4)], [{ uid: 'i1', into: 'i2' }]);
  await read();
  await revise([incident('i3', 5)], [{ uid: 'i2', into: 'i3' }]);
  await read();
  expect(await told()).toEqual([
    ['i1', 4, 'webhook'],
    ['i3', 5, 'webhook'],
  ]);
});

it('tries again after a while, and keeps its books', async () => {
  await read();
  await revise([incident('i1', 4)]);
  await read();
  const channel = refusing(2);
  const sender = new Sender(channel, notices, log);
  expect(await sender.deliverDue(NOW)).toBe(1);
  expect(await notices.list('a', 1)).toMatchObject([
    { state: 'pending', attempts: 1, dueMs: NOW + FIRST_PAUSE_MS, error: 'answered 500' },
  ]);
  expect(await sender.deliverDue(NOW + FIRST_PAUSE_MS - 1)).toBe(0);
  expect(await sender.deliverDue(NOW + FIRST_PAUSE_MS)).toBe(1);
  expect(await sender.deliverDue(NOW + 3 * FIRST_PAUSE_MS)).toBe(1);
  expect(channel.taken).toHaveLength(1);
  expect(await notices.list('a', 1)).toMatchObject([{ state: 'sent', attempts: 2, error: 'one mailbox less' }]);
  expect(await sender.deliverDue(NOW + GIVE_UP_MS)).toBe(0);
  expect(await notices.counts('a')).toEqual([{ channel: 'webhook', pending: 0, sent: 1, failed: 0 }]);
  expect(await notices.counts('b')).toEqual([]);
});

it('gives up after a day of attempts', async () => {
  await read();
  await revise([incident('i1', 4)]);
  await read();
  const sender = new Sender(refusing(Infinity), notices, log);
  let attempts = 0;
  for (let now = NOW; now <= NOW + GIVE_UP_MS; now += FIRST_PAUSE_MS) {
    const [{ state, dueMs }] = (await notices.list('a', 1)) as readonly [Notice];
    if (state !== 'pending') break;
    if (now < dueMs) now = dueMs;
    attempts += await sender.deliverDue(now);
  }
  expect(attempts).toBeGreaterThan(20);
  expect(await notices.counts('a')).toEqual([{ channel: 'webhook', pending: 0, sent: 0, failed: 1 }]);
});

it('does not wait for a clock that was set back', async () => {
  await read();
  await revise([incident('i1', 4)]);
  await read();
  const sender = new Sender(refusing(1), notices, log);
  await sender.deliverDue(NOW);
  expect(await sender.deliverDue(NOW - LONGEST_PAUSE_MS)).toBe(1);
});

it('lists page by page, each tenant its own', async () => {
  await read();
  await revise([1, 2, 3, 4, 5].map((number) => incident(`i${number}`, 4)));
  await revise([incident('other', 4)], [], 'b');
  await read(['webhook', 'mail']);
  const all = (await notices.list('a', 100)).map(({ uid }) => uid);
  expect(all).toHaveLength(10);
  const paged: string[] = [];
  for (let page = await notices.list('a', 3); page.length > 0;) {
    paged.push(...page.map(({ uid }) => uid));
    page = await notices.list('a', 3, noticePlace(page.at(-1)!));
  }
  expect(paged).toEqual(all);
  expect(await told('b')).toHaveLength(2);
});
