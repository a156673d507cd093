import { describe, expect, it } from 'vitest';
import type { Batch } from '@yuheng/engine';
import { Attempts, MAX_ADDRESSES, MAX_FAILURES } from './auth/attempts.ts';
import { EVERYTHING_MS, LATENESS_MS, SILENT_MS, Watermarks } from './conclude/watermarks.ts';
import { MAX_TOUCHES, TouchQueue } from './decoys/touch-queue.ts';
import { Backlog } from './intake/backlog.ts';
import { KnownFormats, MAX_FORMATS } from './intake/known-formats.ts';
import { Intake, MAX_RECORDS } from './intake/intake.ts';
import { MAX_STREAMS, Streams } from './pipeline/streams.ts';
import { MAX_WAITING_BYTES, PATIENCE_MS, WaitingRoom } from './pipeline/waiting-room.ts';
import { LineQueue, MAX_QUEUED_BYTES } from './sources/line-queue.ts';
import { ExportFramer } from './sources/export-framer.ts';
import { MAX_DATAGRAMS, SyslogListener } from './sources/syslog.ts';
import { MAX_MESSAGE_BYTES, SyslogFramer } from './sources/syslog-framer.ts';

const log = { info: () => {}, error: () => {} };
const part = (number: number, first: number, bytes = 1): Batch =>
  ({ number, first, span: 1, body: Buffer.alloc(bytes), tenant: 't', source: 's', file: 'f' }) as unknown as Batch;

describe('the waiting room', () => {
  it('gives parts in the order of their file, and lets them go when they have waited long enough', () => {
    const room = new WaitingRoom();
    room.add('f', part(1, 30), 0);
    room.add('f', part(2, 20), 0);
    expect(room.take('f', 10)).toBeUndefined();
    expect(room.take('f', 20)).toMatchObject({ number: 2 });
    expect(room.impatient(PATIENCE_MS - 1)).toEqual([]);
    expect(room.impatient(PATIENCE_MS)).toMatchObject([{ number: 1 }]);
    expect([room.size, room.gaveUp]).toEqual([0, 1]);
  });

  it('holds so many bytes', () => {
    const room = new WaitingRoom();
    room.add('a', part(1, 5, MAX_WAITING_BYTES), 0);
    expect(room.impatient(1)).toEqual([]);
    room.add('b', part(2, 5, 1), 0);
    expect(room.impatient(1)).toMatchObject([{ number: 1 }]);
  });
});

describe('failed attempts', () => {
  it('make an address wait, and are forgotten after a while', () => {
    const attempts = new Attempts();
    for (let failure = 1; failure < MAX_FAILURES; failure++) attempts.failed('a', 0);
    expect(attempts.waitSeconds('a', 0)).toBe(0);
    attempts.failed('a', 0);
    expect(attempts.waitSeconds('a', 0)).toBe(60);
    expect(attempts.waitSeconds('b', 0)).toBe(0);
    expect(attempts.waitSeconds('a', 60_000)).toBe(0);
  });

  it('are kept of so many addresses', () => {
    const attempts = new Attempts();
    for (let failure = 0; failure < MAX_FAILURES; failure++) attempts.failed('first', 0);
    for (let address = 0; address < MAX_ADDRESSES; address++) attempts.failed(String(address), 0);
    expect(attempts.waitSeconds('first', 0)).toBe(0);
  });
});

describe('watermarks', () => {
  it('follow the newest event at a distance, and pass everything in silence', () => {
    const watermarks = new Watermarks();
    watermarks.see('t', 10_000_000, 0);
    expect(watermarks.due(1)).toEqual([{ tenant: 't', untilMs: 10_000_000 - LATENESS_MS }]);
    expect(watermarks.due(SILENT_MS)).toEqual([{ tenant: 't', untilMs: EVERYTHING_MS }]);
    expect(watermarks.due(SILENT_MS + 1)).toEqual([]);
    watermarks.failed('t');
    expect(watermarks.due(SILENT_MS + 2)).toEqual([{ tenant: 't', untilMs: EVERYTHING_MS }]);
  });
});

describe('the backlog', () => {
  it('is full by bytes or by batches, and empties as they are stored', () => {
    const backlog = new Backlog({ maxBytes: 100, maxBatches: 3 }, { batches: 1, bytes: 40 });
    backlog.add(7, 59);
    expect(backlog.isFull).toBe(false);
    backlog.add(8, 1);
    expect(backlog.isFull).toBe(true);
    backlog.settle([1, 7]);
    expect([backlog.bytes, backlog.batches, backlog.isFull]).toEqual([1, 1, false]);
  });
});

describe('touches of decoys', () => {
  it('wait up to a bound, and what is more stands in the books', async () => {
    const taken: { lines: number; overflow: number }[] = [];
    const intake = {
      async accept({ body, rejected }: { body: Uint8Array; rejected?: { readonly [reason: string]: number } }) {
        taken.push({ lines: body.filter((byte) => byte === 10).length, overflow: rejected?.['overflow'] ?? 0 });
        return {} as never;
      },
    };
    const queue = new TouchQueue(intake, 't', log);
    for (let touch = 0; touch < MAX_TOUCHES + 5; touch++) queue.add({ touch });
    await queue.settled();
    expect(taken).toEqual([{ lines: MAX_TOUCHES, overflow: 5 }]);
  });
});

describe('datagrams of syslog', () => {
  it('wait up to a bound, and what is more stands in the books', async () => {
    const taken: { lines: number; overflow: number }[] = [];
    const deliverer = {
      async deliver({ body, rejected }: { body: Uint8Array; rejected?: { readonly [reason: string]: number } }) {
        taken.push({ lines: body.filter((byte) => byte === 10).length, overflow: rejected?.['overflow'] ?? 0 });
        return true;
      },
    };
    const options = { host: '127.0.0.1', tenant: 't', source: 's' };
    const listener = new SyslogListener(options, deliverer as never, log);
    for (let message = 0; message < MAX_DATAGRAMS + 3; message++) listener.add('<13>x');
    await listener.stop();
    expect(taken).toEqual([{ lines: MAX_DATAGRAMS, overflow: 3 }]);
  });
});

describe('lines that wait', () => {
  it('are so many bytes, go in portions, and stay until they were taken', () => {
    const queue = new LineQueue(1_000);
    const line = 'x'.repeat(60_000);
    const room = Math.floor(MAX_QUEUED_BYTES / line.length);
    for (let count = 0; count < room + 5; count++) queue.add(line);
    let taken = 0;
    for (let portion = queue.first(); !queue.isEmpty; portion = queue.first()) {
      expect(queue.first()).toEqual(portion);
      expect(portion.lines.join('').length).toBeLessThanOrEqual(4 * 2 ** 20);
      expect(portion.overflow).toBe(taken === 0 ? 5 : 0);
      taken += portion.lines.length;
      queue.drop(portion);
    }
    expect(taken).toBe(room);
    // What found no room while the last portion was on its way is told too.
    for (let count = 0; count < 1_001; count++) queue.add('x');
    const last = queue.first();
    queue.add('x');
    queue.drop(last);
    expect([queue.isEmpty, queue.first()]).toEqual([false, { lines: [], overflow: 1 }]);
    queue.drop(queue.first());
    expect(queue.isEmpty).toBe(true);
    queue.add(line);
    expect(queue.isEmpty).toBe(false);
  });
});

describe('a request', () => {
  it('holds so many records, and is refused before more are made', async () => {
    const journal = { append: async () => [], stream: async () => undefined };
    const intake = new Intake({
      journal: journal as never,
      backlog: new Backlog({ maxBytes: 1e9, maxBatches: 9 }, { batches: 0, bytes: 0 }),
      disk: { isFull: false } as never,
      maxRecordBytes: 1_000,
      onAppended: () => {},
      receivedAt: () => 0,
    });
    const accept = (body: string) => intake.accept({ tenant: 't', source: 'unknown', body: Buffer.from(body) });
    await expect(accept('a\n'.repeat(MAX_RECORDS + 1))).rejects.toMatchObject({
      status: 413,
      code: 'YH-TOO-MANY-RECORDS',
    });
    await expect(accept('a\n'.repeat(9e6))).rejects.toMatchObject({ code: 'YH-TOO-MANY-RECORDS' });
  });
});

describe('streams', () => {
  it('are remembered up to a bound, and asked of the journal beyond it', async () => {
    let asked = 0;
    const journal = { stream: async () => void asked++ };
    const streams = new Streams(journal as never);
    const first = { tenant: 't', source: 's', file: 'first' };
    await streams.state(first);
    await streams.state(first);
    expect(asked).toBe(1);
    for (let stream = 0; stream < MAX_STREAMS; stream++) streams.set(String(stream), undefined);
    await streams.state(first);
    expect(asked).toBe(2);
  });
});

describe('formats of files', () => {
  it('are known from their first part, up to a bound', async () => {
    const formats = new KnownFormats({ stream: async () => undefined });
    const first = { tenant: 't', source: 'ours', file: 'first' };
    formats.remember(first, 'auditd');
    expect(await formats.of(first)).toBe('auditd');
    for (let file = 0; file < MAX_FORMATS; file++) formats.remember({ ...first, file: String(file) }, 'syslog');
    expect(await formats.of(first)).toBeUndefined();
  });
});

describe('framing of syslog', () => {
  it('cuts lines and counted messages, however the stream is cut', () => {
    const stream = '<13>one\n<14>two\r\n9 <15>a\nb\nc<16>three\n';
    const expected = ['<13>one', '<14>two\r', '<15>a\nb\nc', '<16>three'];
    for (let size = 1; size <= stream.length; size++) {
      const framer = new SyslogFramer();
      const found: string[] = [];
      for (let from = 0; from < stream.length; from += size)
        found.push(...framer.push(Buffer.from(stream.slice(from, from + size))));
      expect([...found, ...framer.end()]).toEqual(expected);
    }
  });

  it('cuts a message that never ends', () => {
    const framer = new SyslogFramer();
    expect(framer.push(Buffer.alloc(MAX_MESSAGE_BYTES, 'x'))).toEqual(['x'.repeat(MAX_MESSAGE_BYTES)]);
    expect(framer.end()).toEqual([]);
  });
});

describe('framing of the journal', () => {
  it('finds whole entries and the last cursor, however the stream is cut', () => {
    const binary = Buffer.concat([
      Buffer.from('MESSAGE\n'),
      Buffer.from([4, 0, 0, 0, 0, 0, 0, 0]),
      Buffer.from('a\n\nb\n'),
    ]);
    const stream = Buffer.concat([
      Buffer.from('__CURSOR=1\nA=1\n\n__CURSOR=2\n'),
      binary,
      Buffer.from('\n__CURSOR=3\n'),
    ]);
    for (let size = 1; size <= stream.length; size++) {
      const framer = new ExportFramer();
      const bodies: Buffer[] = [];
      let last: string | undefined;
      for (let from = 0; from < stream.length; from += size) {
        const { body, cursor } = framer.push(stream.subarray(from, from + size));
        bodies.push(Buffer.from(body));
        last = cursor ?? last;
      }
      expect(Buffer.concat(bodies).equals(stream.subarray(0, stream.length - 11))).toBe(true);
      expect(last).toBe('2');
    }
  });
});
