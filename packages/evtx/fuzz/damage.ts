import type { Random } from './random.ts';

/** Damages done to one chunk, at most. */
const MAX_DAMAGES = 6;
/** Values that mean something somewhere in the format: sizes, offsets, tokens, types. */
const TELLING = [0x00, 0x01, 0x04, 0x08, 0x0c, 0x0e, 0x0f, 0x21, 0x41, 0x7f, 0x80, 0x81, 0xa1, 0xff];

/** A chunk with some bytes flipped, set, cut out or spliced in from another. */
export function damage(chunk: Buffer, others: readonly Buffer[], random: Random): Buffer {
  let bytes: Buffer = Buffer.from(chunk);
  for (let left = 1 + random.below(MAX_DAMAGES); left > 0 && bytes.length > 0; left--) {
    const at = random.below(bytes.length);
    switch (random.below(6)) {
      case 0:
        bytes[at]! ^= 1 << random.below(8);
        break;
      case 1:
        bytes[at] = random.below(256);
        break;
      case 2:
        bytes[at] = TELLING[random.below(TELLING.length)]!;
        break;
      case 3:
        if (at + 4 <= bytes.length) bytes.writeUInt32LE(random.below(bytes.length), at);
        break;
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.below(64))]);
        break;
      default:
        bytes = splice(bytes, at, others[random.below(others.length)]!, random);
    }
  }
  return bytes;
}

/** Lays a piece of another chunk over the bytes at `at`. */
function splice(bytes: Buffer, at: number, other: Buffer, random: Random): Buffer {
  const from = random.below(other.length);
  const piece = other.subarray(from, from + 1 + random.below(256));
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + piece.length)]);
}
