import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilePiece, RandomAccess } from '../ports/files.ts';
import type { Frame } from '../record.ts';
import { jsonValues } from './json.ts';
import { lines } from './lines.ts';
import type { FrameOptions, Refusal } from './options.ts';
import { jsonPieces, LINE_BYTES, linePieces, type Divide } from './pieces.ts';

const MAX = 300;

type Framer = (bytes: AsyncIterable<Uint8Array>, options: FrameOptions) => AsyncIterable<Frame[]>;

function fileOf(content: Buffer): RandomAccess {
  return {
    size: content.length,
    read: async (offset, length) => content.subarray(offset, offset + length),
  };
}

async function divide(by: Divide, content: Buffer, pieceBytes: number): Promise<FilePiece[]> {
  const found: FilePiece[] = [];
  for await (const piece of by(fileOf(content), { pieceBytes, maxRecordBytes: MAX })) found.push(piece);
  return found;
}

/** What a framing makes of a part of a file. */
async function frame(framer: Framer, content: Buffer, piece?: FilePiece): Promise<[Frame[], Refusal[]]> {
  const frames: Frame[] = [];
  const refusals: Refusal[] = [];
  const options = {
    maxRecordBytes: MAX,
    refuse: (refusal: Refusal) => void refusals.push(refusal),
    ...(piece && { start: { offset: piece.from, number: piece.before } }),
  };
  async function* bytes(): AsyncGenerator<Uint8Array> {
    const part = piece ? content.subarray(piece.from, piece.to) : content;
    for (let at = 0; at < part.length; at += 50) yield part.subarray(at, at + 50);
  }
  for await (const batch of framer(bytes(), options))
    frames.push(...batch.map(({ number, offset, text, value }) => ({ number, offset, text, value })));
  return [frames, refusals];
}

/** All pieces together are the whole. */
async function expectWhole(framer: Framer, by: Divide, content: Buffer, pieceBytes: number): Promise<FilePiece[]> {
  const pieces = await divide(by, content, pieceBytes);
  const parts = await Promise.all(pieces.map((piece) => frame(framer, content, pieces.length > 1 ? piece : undefined)));
  expect([parts.flatMap(([frames]) => frames), parts.flatMap(([, refusals]) => refusals)]).toEqual(
    await frame(framer, content),
  );
  return pieces;
}

const line = fc.oneof(
  { weight: 6, arbitrary: fc.record({ a: fc.string(), b: fc.nat() }).map((value) => JSON.stringify(value)) },
  fc.constantFrom(
    '',
    ' ',
    '{',
    '}',
    '[',
    ']',
    '{"a":',
    '{ "a": "',
    ',',
    'x',
    '{}',
    '{"long":"' + 'y'.repeat(400) + '"}',
  ),
  fc.string(),
);
const text = fc
  .tuple(fc.array(line, { maxLength: 60 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([all, end, isEnded]) => Buffer.from(`{"a":1}${end}${all.join(end)}${isEnded ? end : ''}`));

describe('a divided text', () => {
  it('gives the same lines, numbers and refusals as the whole', async () => {
    let divided = 0;
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 20, max: 500 }), async (content, size) => {
        const pieces = await expectWhole(lines, linePieces, content, size);
        if (pieces.length > 1) divided++;
      }),
      { numRuns: 300, seed: 1 },
    );
    expect(divided).toBeGreaterThan(50);
  });

  it('is divided where NDJSON has no value open, whatever else stands in it', async () => {
    let divided = 0;
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 20, max: 500 }), async (content, size) => {
        // Several values on a line take the numbers of the lines behind it: numbers begin anew with a piece.
        const [frames] = await frame(jsonValues, content);
        fc.pre(frames.every(({ number, offset }) => number === content.toString('utf8', 0, offset).split('\n').length));
        const pieces = await expectWhole(jsonValues, jsonPieces, content, size);
        if (pieces.length > 1) divided++;
      }),
      { numRuns: 2_000, seed: 1 },
    );
    expect(divided).toBeGreaterThan(300);
  });

  it('has pieces of about the size that was asked for', async () => {
    const content = Buffer.from('{"a":1}\n'.repeat(1000));
    const pieces = await divide(jsonPieces, content, 1001);
    expect(pieces.map(({ from, to, before }) => [from, to, before])).toEqual([
      [0, 1008, 0],
      [1008, 2016, 126],
      [2016, 3024, 252],
      [3024, 4032, 378],
      [4032, 5040, 504],
      [5040, 6048, 630],
      [6048, Infinity, 756],
    ]);
  });

  it('stays whole where values stand on several lines', async () => {
    const content = Buffer.from(
      JSON.stringify(
        Array.from({ length: 500 }, (_, id) => ({ id })),
        null,
        2,
      ),
    );
    expect(await divide(jsonPieces, content, 1000)).toEqual([{ from: 0, to: Infinity, before: 0 }]);
  });

  it('ends no piece behind lines that are too long to be looked at', async () => {
    const line = (bytes: number): string => `{"a":"${'x'.repeat(bytes - 9)}"}\n`;
    const content = (bytes: number): Buffer => Buffer.from(line(bytes).repeat(8));
    const piecesOf = async (bytes: number): Promise<number> => {
      const found: FilePiece[] = [];
      const options = { pieceBytes: 100_000, maxRecordBytes: 1_000_000 };
      for await (const piece of jsonPieces(fileOf(content(bytes)), options)) found.push(piece);
      return found.length;
    };
    expect([await piecesOf(LINE_BYTES), await piecesOf(LINE_BYTES + 1)]).toEqual([4, 1]);
  });

  it('is read to its end where it cannot be read on', async () => {
    const file = { size: 10_000, read: async () => Buffer.alloc(0) };
    const found: FilePiece[] = [];
    for await (const piece of linePieces(file, { pieceBytes: 100, maxRecordBytes: MAX })) found.push(piece);
    expect(found).toEqual([{ from: 0, to: Infinity, before: 0 }]);
  });
});
