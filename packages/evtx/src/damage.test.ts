import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readChunk, readTrees } from './chunk.ts';
import { CHUNK_SIZE, FILE_HEADER_SIZE } from './format.ts';
import { eventFields } from './fields.ts';
import { toJsonLines } from './record.ts';
import { readEvtx } from './stream.ts';
import { binXml, nullValue, text, textArray, uint32, windowsEvent, writeEvtx } from './testing/index.ts';
import { toXml } from './xml.ts';

/** Three chunks, the last one barely used, with values of every kind that can go wrong. */
const SAMPLE = writeEvtx(
  Array.from({ length: 420 }, (_, index) => {
    const nested = binXml({ name: 'Inner', attributes: { a: text('1') }, content: [uint32(index)] });
    // Every other event has a form that is read without its tree.
    const inner = index % 2 === 0 ? { C: nested } : {};
    const data = { A: textArray(['x', 'y']), B: nullValue, ...inner, D: 'some text '.repeat(8) };
    const event = { provider: 'P', eventId: index, channel: 'C', computer: 'c', time: index, data };
    return windowsEvent({ recordId: BigInt(index + 1), ...event });
  }),
);

/** Header and trailer of a record without an event. */
const MIN_RECORD_SIZE = 28;

type Damage = (file: Buffer) => Buffer;

const position = fc.nat({ max: SAMPLE.length - 1 });
const flip = fc.tuple(position, fc.integer({ min: 1, max: 255 })).map(([at, mask]): Damage => (file) => {
  if (at < file.length) file[at] = (file[at] ?? 0) ^ mask;
  return file;
});
const truncate = position.map(
  (at): Damage =>
    (file) =>
      file.subarray(0, at),
);
const zero = fc.tuple(position, fc.nat({ max: CHUNK_SIZE })).map(([at, length]): Damage => (file) => {
  return file.fill(0, Math.min(at, file.length), Math.min(at + length, file.length));
});
const splice = fc.tuple(position, position, fc.nat({ max: CHUNK_SIZE })).map(([to, from, length]): Damage => (file) => {
  const piece = file.subarray(from, from + length);
  return Buffer.concat([file.subarray(0, to), piece, file.subarray(to + Math.floor(length / 2))]);
});
const overwrite = fc.tuple(position, fc.uint8Array({ maxLength: 64 })).map(([at, bytes]): Damage => (file) => {
  bytes.forEach((byte, index) => at + index < file.length && (file[at + index] = byte));
  return file;
});
const damages = fc.array(fc.oneof(flip, flip, flip, truncate, zero, splice, overwrite), {
  minLength: 1,
  maxLength: 12,
});

/** Reads a file, and says where the reader did not keep to what holds for any bytes. */
async function readHeld(file: Buffer): Promise<{ records: number; losses: number; broken: string[] }> {
  const held = { records: 0, losses: 0, broken: [] as string[] };
  const hold = (rule: string, kept: boolean): void => void (kept || held.broken.push(rule));
  for await (const { records, losses } of readEvtx([file])) {
    const lines = toJsonLines(records).toString().split('\n');
    for (const [index, { offset, root, fields }] of records.entries()) {
      const table = JSON.stringify(eventFields(root));
      hold('fields are those of the tree', JSON.stringify(fields) === table && lines[index] === table);
      hold('a record lies in the file', offset < file.length);
      hold('an event has XML', toXml(root).startsWith('<'));
      hold('fields have no prototype', Object.getPrototypeOf(eventFields(root)) === null);
    }
    for (const loss of losses) {
      hold('a loss lies in the file', loss.offset + loss.length <= file.length);
      hold('a loss holds the records that it counts', loss.records <= Math.max(1, loss.length / MIN_RECORD_SIZE));
      hold('a loss says what was found', loss.found !== '');
    }
    held.records += records.length;
    held.losses += losses.length;
  }
  hold('a record takes room', held.records <= file.length / MIN_RECORD_SIZE);
  return held;
}

describe('readEvtx on hostile bytes', () => {
  it('reads with shapes what it reads with trees, and loses the same', () => {
    const property = fc.property(damages, (list) => {
      const file = list.reduce<Buffer>((bytes, damage) => damage(bytes), Buffer.from(SAMPLE));
      for (let at = FILE_HEADER_SIZE; at < file.length; at += CHUNK_SIZE) {
        const chunk = file.subarray(at, at + CHUNK_SIZE);
        const batch = readChunk(chunk);
        const twin = readTrees(chunk);
        expect(batch.losses).toEqual(twin.losses);
        expect(batch.records.map(({ recordId }) => recordId)).toEqual(twin.records.map(({ recordId }) => recordId));
        expect(batch.records.map(({ root }) => toXml(root))).toEqual(twin.records.map(({ root }) => toXml(root)));
      }
    });
    fc.assert(property, { numRuns: 60, seed: 9 });
  });

  it('never throws, never loops and stays within the file, whatever the damage', async () => {
    const property = fc.asyncProperty(damages, async (list) => {
      const file = list.reduce<Buffer>((bytes, damage) => damage(bytes), Buffer.from(SAMPLE));
      expect((await readHeld(file)).broken).toEqual([]);
    });
    await fc.assert(property, { numRuns: 300, seed: 8 });
  });

  it('says that something is wrong when one byte of the records is', async () => {
    const records = fc.integer({ min: FILE_HEADER_SIZE + 512, max: FILE_HEADER_SIZE + 20_000 });
    const property = fc.asyncProperty(records, fc.integer({ min: 1, max: 255 }), async (at, mask) => {
      const file = Buffer.from(SAMPLE);
      file[at] = (file[at] ?? 0) ^ mask;
      const { losses, broken } = await readHeld(file);
      expect(broken).toEqual([]);
      expect(losses).toBeGreaterThan(0);
    });
    await fc.assert(property, { numRuns: 200, seed: 8 });
  });

  it('reads random bytes behind a chunk signature', async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 4_096 }), async (bytes) => {
      const file = Buffer.concat([Buffer.from('ElfChnk\0', 'latin1'), bytes]);
      expect((await readHeld(file)).broken).toEqual([]);
    });
    await fc.assert(property, { numRuns: 200, seed: 8 });
  });
});
