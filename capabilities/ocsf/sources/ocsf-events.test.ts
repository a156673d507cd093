import { corpus, corpusFiles, corpusText, hasCorpus, recordsOf } from '@yuheng/engine/testing';
import { normalize, readHead } from '@yuheng/engine';
import { validate } from '@yuheng/ocsf';
import { describe, expect, it } from 'vitest';
import { ocsfEvents } from './ocsf-events.ts';

const EVENT = {
  class_uid: 1007,
  category_uid: 1,
  activity_id: 1,
  type_uid: 100701,
  severity_id: 1,
  time: 1772330400000,
  metadata: { version: '1.3.0', uid: 'a', product: { name: 'Sensor', vendor_name: 'Example' } },
  device: { hostname: 'a', type_id: 0 },
  actor: { process: { pid: 1 } },
  process: { pid: 2, cmd_line: 'cmd' },
};

async function recordOf(text: string) {
  const { records } = await recordsOf(text, ocsfEvents);
  return records[0]!;
}

async function normalized(event: object) {
  return normalize(await recordOf(JSON.stringify(event)), ocsfEvents);
}

function sure(text: string): number {
  return ocsfEvents.recognise(readHead(Buffer.from(text), true));
}

describe('an event from outside', () => {
  it.each([
    ['one a line', `${JSON.stringify(EVENT)}\n${JSON.stringify(EVENT)}\n`],
    ['a list', JSON.stringify([EVENT, EVENT])],
    ['over several lines', JSON.stringify(EVENT, null, 2)],
  ])('is recognised: %s', (_, text) => expect(sure(text)).toBe(0.97));

  it.each([
    ['no version', { ...EVENT, metadata: {} }],
    ['a version that is none', { ...EVENT, metadata: { version: 'x' } }],
    ['a class that is no number', { ...EVENT, class_uid: '1007' }],
    ['metadata that are no object', { ...EVENT, metadata: [] }],
  ])('is none with %s', async (_, event) => {
    expect(sure(JSON.stringify(event))).toBe(0);
    const { counts } = await recordsOf(JSON.stringify(event), ocsfEvents);
    expect([counts.read, counts.parsed, counts.balanced]).toEqual([1, 0, true]);
  });

  it('keeps its attributes, time and metadata, in the house’s version', async () => {
    const event = await normalized(EVENT);
    expect(validate(event)).toEqual([]);
    expect(event).toMatchObject({
      class_uid: 1007,
      time: EVENT.time,
      device: EVENT.device,
      actor: EVENT.actor,
      process: EVENT.process,
      metadata: { product: EVENT.metadata.product, log_source: 'ocsf' },
      unmapped: { metadata: EVENT.metadata },
    });
  });

  it.each<[string, object, object]>([
    ['a time beyond all dates', { time: 1e300 }, { time: 0 }],
    ['a time in words alone', { time: undefined, time_dt: '2026-03-01T02:00:00.5Z' }, { time: 1772330400500 }],
    ['a class that OCSF 1.8 lacks', { class_uid: 987_654 }, { class_uid: 0, unmapped: { process: EVENT.process } }],
    ['an activity that the class lacks', { activity_id: 42 }, { activity_id: 0 }],
    ['an activity of its own', { activity_id: 99, activity_name: 'Dance' }, { activity_name: 'Dance' }],
    ['a severity that is none', { severity_id: 'high' }, { severity_id: 0 }],
    ['an attribute of a wrong type', { process: 'cmd' }, { unmapped: { process: 'cmd' } }],
    ['hashes that are null', { process: { pid: 1, file: { hashes: [null] } } }, { unmapped: { process: {} } }],
    ['an attribute that the class lacks', { dance: 1 }, { unmapped: { dance: 1 } }],
    ['unmapped text', { unmapped: 'left' }, { unmapped: { unmapped: 'left' } }],
    ['metadata like nothing', { metadata: { version: '1.5.0', product: 7, profiles: 'host', log_name: {} } }, {}],
  ])('with %s becomes an event all the same', async (_, change, expected) => {
    const event = await normalized({ ...EVENT, ...change });
    expect(event).toMatchObject(expected);
    expect(validate(event).filter(({ what }) => what === 'type' || what === 'class')).toEqual([]);
  });

  it('has names of what every object inherits as plain keys', async () => {
    const text = JSON.stringify(EVENT).replace('{', '{"__proto__":{"x":1},"constructor":1,');
    const record = await recordOf(text);
    expect(Object.getPrototypeOf(record.fields)).toBeNull();
    const { unmapped } = normalize(record, ocsfEvents);
    expect(Object.keys(unmapped as object)).toEqual(expect.arrayContaining(['__proto__', 'constructor']));
  });

  it('is told apart by no more of a name than any log source asks for', async () => {
    const record = await recordOf(
      JSON.stringify({ ...EVENT, metadata: { ...EVENT.metadata, log_name: 'x'.repeat(300) } }),
    );
    expect(record.kind).toBe('ocsf:["1007","1",null,"…",null,null,null,"1"]');
    const shorter = { ...EVENT, metadata: { ...EVENT.metadata, log_name: 'x'.repeat(256) } };
    expect((await recordOf(JSON.stringify(shorter))).kind).toContain('x'.repeat(256));
  });

  it('with more wrong in it than is worth telling keeps all of it as unmapped', async () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`dance_${index}`, index]));
    const event = await normalized({ ...many, ...EVENT });
    expect(event).toMatchObject({ class_uid: 1007, unmapped: { process: EVENT.process, dance_199: 199 } });
    expect(event['process']).toBeUndefined();
  });
});

describe.skipIf(!hasCorpus)(`the examples of other mappings in ${corpus}`, () => {
  it('are recognised and become events', async () => {
    const files = corpusFiles('ocsf-examples', /\.(?:ocsf|json)$/);
    let events = 0;
    const wrong: string[] = [];
    for (const file of files) {
      const text = corpusText(file);
      if (sure(text) < 0.97) continue;
      for (const record of (await recordsOf(text, ocsfEvents)).records) {
        events++;
        const problems = validate(normalize(record, ocsfEvents));
        wrong.push(...problems.filter(({ what }) => what === 'type').map(({ path }) => `${file} ${path}`));
      }
    }
    expect(wrong).toEqual([]);
    expect(events).toBeGreaterThanOrEqual(70);
  });
});
