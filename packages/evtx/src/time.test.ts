import { describe, expect, it } from 'vitest';
import { systemTimeText, writeFileTime } from './time.ts';

function fileTimeText(fileTime: bigint): string {
  const out = Buffer.alloc(28);
  return out.toString('latin1', 0, writeFileTime(Number(fileTime >> 32n), Number(fileTime & 0xffffffffn), out, 0));
}

describe('writeFileTime', () => {
  it.each([
    [0n, '1601-01-01T00:00:00.0000000Z'],
    [1n, '1601-01-01T00:00:00.0000001Z'],
    [116_444_735_999_999_999n, '1969-12-31T23:59:59.9999999Z'],
    [116_444_736_000_000_000n, '1970-01-01T00:00:00.0000000Z'],
    [132_223_104_001_234_567n, '2020-01-01T00:00:00.1234567Z'],
    [125_963_423_999_999_999n, '2000-02-29T23:59:59.9999999Z'],
    [2_650_467_744_000_000_000n, '0000-01-01T00:00:00.0000000Z'],
    [(1n << 63n) - 1n, '0828-09-14T02:48:05.4775807Z'],
    [1n << 63n, '0000-00-00T00:00:00.0000000Z'],
  ])('renders %d', (fileTime, text) => {
    expect(fileTimeText(fileTime)).toBe(text);
  });
});

describe('the date of a FILETIME', () => {
  it('is that of Date on every day from 1601 to 2100', () => {
    const wrong: string[] = [];
    for (let day = 0; day < 182_600; day++) {
      const text = fileTimeText(BigInt(day) * 864_000_000_000n);
      const date = new Date(day * 86_400_000 - 11_644_473_600_000).toISOString().slice(0, 10);
      if (!text.startsWith(date)) wrong.push(`${date}: ${text}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('systemTimeText', () => {
  it.each([
    [[2020, 2, 6, 29, 23, 59, 58, 7], '2020-02-29T23:59:58.0070000Z'],
    [[0, 0, 0, 0, 0, 0, 0, 0], '1601-01-01T00:00:00.0000000Z'],
    [[2021, 2, 1, 29, 0, 0, 0, 0], '1601-01-01T00:00:00.0000000Z'],
    [[2021, 2, 1, 28, 0, 60, 0, 0], '1601-01-01T00:00:00.0000000Z'],
    [[1600, 2, 1, 28, 0, 0, 0, 0], '1601-01-01T00:00:00.0000000Z'],
  ])('renders %j', (fields, text) => {
    expect(systemTimeText(new DataView(Uint16Array.from(fields).buffer), 0)).toBe(text);
  });
});
