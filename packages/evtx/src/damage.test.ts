import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHUNK_SIZE, FILE_HEADER_SIZE } from './format.ts';
import { eventFields } from './fields.ts';
import { readEvtx } from './stream.ts';
import { binXml, nullValue, text, textArray, uint32, windowsEvent, writeEvtx } from './testing/index.ts';
import { toXml } from './xml.ts';

/** Three chunks, the last one barely used, with values of every kind that can go wrong. */
const SAMPLE = writeEvtx(
  Array.from({ length: 420 }, (_, index) => {
    const nested = binXml({ name: 'Inner', attributes: { a: text('1') }, content: [uint32(index)] });
    const data = { A: textArray(['x', 'y']), B: nullValue, C: nested, D: 'some text '.repeat(8) };
    const event = { provider: 'P', eventId: index, channel: 'C', computer: 'c', time: index, data };
    return windowsEvent({ recordId: BigInt(index + 1), ...event });
  }),
);

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

/** What reading any bytes must keep to: it ends, stays within the bytes, and its output can be used. */
async function readHeld(file: Buffer): Promise<{ records: number; losses: number }> {
  const count = { records: 0, losses: 0 };
  for await (const { records, losses } of readEvtx([file])) {
    for (const record of records) {
      expect(record.offset).toBeLessThan(file.length);
      expect(toXml(record.root)).toMatch(/^<[^>]*>/);
      expect(Object.getPrototypeOf(eventFields(record.root))).toBeNull();
    }
    for (const loss of losses) {
      expect(loss.offset + loss.length).toBeLessThanOrEqual(file.length);
      expect(loss.records).toBeLessThanOrEqual(Math.max(1, loss.length / 28));
      expect(loss.found).not.toBe('');
    }
    count.records += records.length;
    count.losses += losses.length;
  }
  return count;
}

describe('readEvtx on hostile bytes', () => {
  it('never throws, never loops and stays within the file, whatever the damage', async () => {
    const property = fc.asyncProperty(damages, async (list) => {
      const file = list.reduce<Buffer>((bytes, damage) => damage(bytes), Buffer.from(SAMPLE));
      const { records } = await readHeld(file);
      expect(records).toBeLessThanOrEqual(file.length / 28);
    });
    await fc.assert(property, { numRuns: 300, seed: 8 });
  });

  it('says that something is wrong when one byte of the records is', async () => {
    const records = fc.integer({ min: FILE_HEADER_SIZE + 512, max: FILE_HEADER_SIZE + 20_000 });
    const property = fc.asyncProperty(records, fc.integer({ min: 1, max: 255 }), async (at, mask) => {
      const file = Buffer.from(SAMPLE);
      file[at] = (file[at] ?? 0) ^ mask;
      expect((await readHeld(file)).losses).toBeGreaterThan(0);
    });
    await fc.assert(property, { numRuns: 200, seed: 8 });
  });

  it('reads random bytes behind a chunk signature', async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 4_096 }), async (bytes) => {
      await readHeld(Buffer.concat([Buffer.from('ElfChnk\0', 'latin1'), bytes]));
    });
    await fc.assert(property, { numRuns: 200, seed: 8 });
  });
});
