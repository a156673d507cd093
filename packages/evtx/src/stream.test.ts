import { describe, expect, it } from 'vitest';
import type { EvtxBatch } from './chunk.ts';
import { CHUNK_SIZE, FILE_HEADER_SIZE } from './format.ts';
import type { EvtxLoss } from './loss.ts';
import { isEvtx, readEvtx } from './stream.ts';
import { windowsEvent, writeEvtx } from './testing/index.ts';

const RECORDS = 700;

function sample(): Buffer {
  const records = Array.from({ length: RECORDS }, (_, index) =>
    windowsEvent({
      recordId: BigInt(index + 1),
      provider: 'Sample-Provider',
      eventId: 4688,
      channel: 'Security',
      computer: 'host.example',
      time: Date.UTC(2020, 0, 1) + index,
      data: { NewProcessName: `C:\\Windows\\process-${index}.exe`, CommandLine: '' },
    }),
  );
  return writeEvtx(records);
}

async function readAll(bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<EvtxBatch> {
  const all: EvtxBatch = { records: [], losses: [] };
  for await (const { records, losses } of readEvtx(bytes)) {
    all.records.push(...records);
    all.losses.push(...losses);
  }
  return all;
}

function* pieces(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const ids = ({ records }: EvtxBatch): number[] => records.map((record) => Number(record.recordId));
const lost = (losses: readonly EvtxLoss[]): number => losses.reduce((sum, loss) => sum + loss.records, 0);
const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

describe('readEvtx', () => {
  it.each([1, 7, 4_096, 65_536, 1_000_000])('gives the same for pieces of %d bytes', async (size) => {
    const file = sample().subarray(0, FILE_HEADER_SIZE + CHUNK_SIZE);
    expect(await readAll(pieces(file, size))).toEqual(await readAll([file]));
  });

  it('reads every record of a sound file, in order, and loses nothing', async () => {
    const batch = await readAll([sample()]);
    expect(ids(batch)).toEqual(range(1, RECORDS));
    expect(batch.losses).toEqual([]);
  });

  it('yields one batch a chunk', async () => {
    const sizes = [];
    for await (const batch of readEvtx([sample()])) sizes.push(batch.records.length);
    expect(sizes).toHaveLength((sample().length - FILE_HEADER_SIZE) / CHUNK_SIZE);
  });

  it('takes no more than one chunk ahead of what it has yielded', async () => {
    let taken = 0;
    function* source(): Generator<Buffer> {
      for (const piece of pieces(sample(), 1_000)) {
        taken += piece.length;
        yield piece;
      }
    }
    let read = FILE_HEADER_SIZE;
    for await (const batch of readEvtx(source())) {
      read += CHUNK_SIZE;
      expect([batch.losses.length, taken - read <= 2_000]).toEqual([0, true]);
    }
    expect(read).toBe(sample().length);
  });

  it('lets the source go when the reader stops early', async () => {
    let closed = false;
    function* source(): Generator<Buffer> {
      try {
        yield* pieces(sample(), CHUNK_SIZE);
      } finally {
        closed = true;
      }
    }
    for await (const batch of readEvtx(source())) if (batch.records.length > 0) break;
    expect(closed).toBe(true);
  });

  it.each([
    ['nothing', Buffer.alloc(0), []],
    ['a file without chunks', sample().subarray(0, FILE_HEADER_SIZE), []],
    ['zeros', Buffer.alloc(200_000), ['file signature']],
    ['half a header', sample().subarray(0, 100), ['file header']],
    ['text', Buffer.from('hello\n'), ['file signature']],
  ])('reads no record from %s', async (_, bytes, whats) => {
    const { records, losses } = await readAll([bytes]);
    expect(records).toEqual([]);
    expect(losses.map((loss) => loss.what)).toEqual(whats);
  });
});

/** Where things stand in the first chunk of the sample. */
const CHUNK = FILE_HEADER_SIZE;
const FIRST_RECORD = CHUNK + 512;

interface Damage {
  readonly what: string;
  readonly damage: (file: Buffer) => Buffer;
  /** What is said, in order. */
  readonly losses: readonly string[];
  readonly lost: number;
}

const patched =
  (offset: number, ...bytes: number[]) =>
  (file: Buffer): Buffer => {
    file.set(bytes, offset);
    return file;
  };
const without =
  (start: number, end: number) =>
  (file: Buffer): Buffer => {
    return Buffer.concat([file.subarray(0, start), file.subarray(end)]);
  };

/** The records of the sample that each chunk holds. */
const CHUNKS = await (async () => {
  const chunks: number[][] = [];
  for await (const batch of readEvtx([sample()])) chunks.push(ids(batch));
  return chunks;
})();
const inChunk = (index: number): number => CHUNKS[index]?.length ?? 0;

const DAMAGES: readonly Damage[] = [
  { what: 'a dirty file header', damage: patched(16, 0, 0, 0), losses: ['file header checksum'], lost: 0 },
  { what: 'unknown header flags', damage: patched(120, 0, 0, 0x97, 0x1b), losses: [], lost: 0 },
  { what: 'no file checksum', damage: patched(120, 4, 0, 0, 0, 1, 2, 3, 4), losses: [], lost: 0 },
  { what: 'no file signature', damage: patched(0, 0), losses: ['file signature'], lost: 0 },
  { what: 'no file header', damage: without(0, CHUNK), losses: [], lost: 0 },
  { what: 'a piece of the file header', damage: without(0, 1_000), losses: ['file signature'], lost: 0 },
  { what: 'no chunk signature', damage: patched(CHUNK, 0), losses: ['chunk signature'], lost: 0 },
  { what: 'no chunk checksum', damage: patched(CHUNK + 120, 4, 0, 0, 0, 1, 2, 3, 4), losses: [], lost: 0 },
  { what: 'a wrong chunk checksum', damage: patched(CHUNK + 124, 0), losses: ['chunk header checksum'], lost: 0 },
  {
    what: 'a wrong free space offset',
    damage: patched(CHUNK + 48, 0, 0, 9),
    losses: ['chunk header checksum'],
    lost: 0,
  },
  {
    what: 'a free space offset outside of the chunk',
    damage: patched(CHUNK + 48, 0, 0, 9, 0, 0, 0, 0, 0, ...Array<number>(64).fill(0), 4),
    losses: ['free space offset'],
    lost: 0,
  },
  {
    what: 'a record without its signature',
    damage: patched(FIRST_RECORD, 0),
    losses: ['chunk records checksum', 'record header'],
    lost: 1,
  },
  {
    what: 'a record of no size',
    damage: patched(FIRST_RECORD + 4, 0, 0, 0, 0),
    losses: ['chunk records checksum', 'record header'],
    lost: 1,
  },
  {
    what: 'a record whose event is broken',
    damage: patched(FIRST_RECORD + 24, 0xff),
    losses: ['chunk records checksum', 'record 1: token at 0x1218'],
    lost: 1,
  },
];

describe('readEvtx on a damaged file', () => {
  it.each(DAMAGES)('says so and goes on: $what', async ({ damage, losses, lost: count }) => {
    const batch = await readAll([damage(sample())]);
    expect(batch.losses.map((loss) => loss.what)).toEqual(losses);
    expect(lost(batch.losses)).toBe(count);
    expect(batch.records).toHaveLength(RECORDS - count);
  });

  it('counts by their numbers the records of a chunk that was wiped', async () => {
    const file = sample().fill(0, CHUNK + CHUNK_SIZE, CHUNK + 2 * CHUNK_SIZE);
    const batch = await readAll([file]);
    expect(batch.records).toHaveLength(RECORDS - inChunk(1));
    expect(batch.losses).toEqual([
      {
        offset: CHUNK + CHUNK_SIZE,
        length: CHUNK_SIZE,
        what: 'chunk',
        expected: '"ElfChnk\\u0000"',
        found: 'zeros',
        records: inChunk(1),
      },
    ]);
  });

  it('finds the next chunk where bytes are missing', async () => {
    const batch = await readAll([without(CHUNK + 30_000, CHUNK + 40_000)(sample())]);
    expect(ids(batch)).toEqual(expect.arrayContaining(range(inChunk(0) + 1, RECORDS)));
    expect(ids(batch)).toContain(1);
    expect(lost(batch.losses)).toBeGreaterThan(0);
  });

  it('finds the next chunk where bytes were put in', async () => {
    const file = sample();
    const at = CHUNK + CHUNK_SIZE;
    const batch = await readAll([Buffer.concat([file.subarray(0, at), Buffer.alloc(777, 0xaa), file.subarray(at)])]);
    expect(ids(batch)).toEqual(range(1, RECORDS));
    expect(batch.losses).toMatchObject([{ offset: at, what: 'chunk size' }, { what: 'chunk signature' }]);
  });

  it('reads a cut file up to the cut', async () => {
    const whole = await readAll([sample()]);
    const tenth = whole.records[9]?.offset ?? 0;
    const batch = await readAll([sample().subarray(0, tenth + 100)]);
    expect(ids(batch)).toEqual(range(1, 9));
    expect(lost(batch.losses)).toBe(1);
  });

  it('takes the signature of a chunk inside an event for what it is', async () => {
    const event = { recordId: 1n, provider: 'P', eventId: 1, channel: 'C', computer: 'c', time: 0 };
    const text = Buffer.from('ElfChnk\0', 'latin1').toString('utf16le');
    const file = writeEvtx([windowsEvent({ ...event, data: { A: text } })]);
    expect(file.indexOf('ElfChnk\0', CHUNK + 1, 'latin1')).toBeGreaterThan(0);
    expect(await readAll([file])).toMatchObject({ records: [{ recordId: 1n }], losses: [] });
  });

  it('is not led astray by signatures without end', async () => {
    const text = Buffer.alloc(CHUNK_SIZE * 40, 'ElfChnk\0', 'latin1');
    const batches: number[] = [];
    for await (const { losses } of readEvtx([text])) batches.push(losses.length);
    expect(batches).toHaveLength(40);
  });

  it('does not bring back what a chunk held before', async () => {
    const file = sample();
    const old = file.subarray(CHUNK, CHUNK + CHUNK_SIZE);
    const fresh = writeEvtx([{ recordId: 5000n, written: 0n, root: { name: 'Event', content: ['x'] } }]);
    old.subarray(1_024).copy(fresh, CHUNK + 1_024);
    expect(ids(await readAll([fresh]))).toEqual([5000]);
    expect(ids(await readAll([patched(CHUNK, 0)(fresh)]))).toEqual([5000]);
  });
});

describe('isEvtx', () => {
  it.each([
    ['a file', sample().subarray(0, 8), true],
    ['a chunk', sample().subarray(CHUNK, CHUNK + 8), true],
    ['half a signature', sample().subarray(0, 7), false],
    ['nothing', Buffer.alloc(0), false],
    ['an event log of Windows XP', Buffer.from('0\0\0\0LfLe', 'latin1'), false],
  ])('knows %s', (_, head, expected) => {
    expect(isEvtx(head)).toBe(expected);
  });
});
