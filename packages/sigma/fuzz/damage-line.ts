import type { Random } from './random.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** What means something in JSON, and bytes that are no UTF-8. */
const INSERTED = [
  '"', '\\', '{', '}', '[', ']', ',', ':', '1', '-', '.', 'e', ' ', '\0', '\u0001', '\u00e9', '\ufeff', '\\u', '\\uD83D', '\\x', 'nul', '"A":"kiwi",', '}}',
].map((text) => Buffer.from(text)); // prettier-ignore
const NOT_UTF8 = [[0xff], [0xc5], [0xe2, 0x84], [0xed, 0xa0, 0xbd], [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x80]].map(
  (bytes) => Buffer.from(bytes),
);

/** A line that was cut, bent or overwritten somewhere. It stays one line. */
export function damageLine(line: Buffer, random: Random): Buffer {
  const damaged = change(line, random.below(line.length + 1), random);
  for (let at = damaged.indexOf(LINE_FEED); at >= 0; at = damaged.indexOf(LINE_FEED, at)) damaged[at] = CARRIAGE_RETURN;
  return damaged;
}

function change(line: Buffer, at: number, random: Random): Buffer {
  switch (random.below(6)) {
    case 0:
      return Buffer.from(line.subarray(0, at));
    case 1:
      return Buffer.concat([line.subarray(0, at), line.subarray(at + 1 + random.below(4))]);
    case 2:
      return Buffer.concat([line.subarray(0, at), random.pick(NOT_UTF8), line.subarray(at)]);
    case 3: {
      const bent = Buffer.from(line);
      if (at < bent.length) bent[at]! ^= 1 << random.below(8);
      return bent;
    }
    default:
      return Buffer.concat([line.subarray(0, at), random.pick(INSERTED), line.subarray(at)]);
  }
}
