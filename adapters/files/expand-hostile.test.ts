import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { tarOf, zipOf, zstdOf } from './testing/archives.ts';
import { expanded, inputFile, makeFolder } from './testing/expansion.ts';

const folder = makeFolder();
afterAll(() => folder.remove());

const MEMBERS = [
  ['d/a.log', 'one line\n'.repeat(20)],
  ['b.log', 'two'],
] as const;
/** Every so many bytes one is changed; a prime, so that no field of a structure is always missed. */
const STEP = 13;

describe('whatever byte of an archive is changed, it gives files and losses, and ends', () => {
  it.each<[string, () => Promise<Uint8Array>]>([
    ['zip', () => zipOf(MEMBERS)],
    ['zip, encrypted', () => zipOf(MEMBERS, { password: 'infected', zipCrypto: true })],
    ['zip with sizes before the data', () => zipOf(MEMBERS, { dataDescriptor: false, level: 0 })],
    ['tar', () => tarOf([['p'.repeat(120), 'x'], ...MEMBERS])],
    ['tar in gzip', async () => gzipSync(await tarOf(MEMBERS))],
    ['zip in zstd in tar', async () => tarOf([['z', zstdOf(await zipOf(MEMBERS))]])],
  ])('%s', async (_what, make) => {
    const whole = await make();
    for (let at = 4; at < whole.length; at += STEP) {
      const changed = Uint8Array.from(whole);
      changed[at] = changed[at]! ^ (at % 2 === 0 ? 0xff : 0x01);
      const lines = await expanded(inputFile(folder.path, 'f', changed), { maxUnpackedBytes: 1_000_000 });
      expect(lines.length).toBeGreaterThan(0);
    }
  });
});
