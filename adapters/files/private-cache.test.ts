import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cacheFolder, MAX_FILES, PrivateCache } from './private-cache.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yuheng-cache-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const BYTES = Uint8Array.of(1, 2, 3);

it('keeps bytes in a folder of its own', () => {
  const folder = join(root, 'deep', 'yuheng');
  const cache = new PrivateCache(folder);
  expect(cache.read('a')).toBeUndefined();
  cache.write('a', BYTES);
  expect(Uint8Array.from(cache.read('a')!)).toEqual(BYTES);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readdirSync(folder)).toEqual(['a']);
});

it('keeps only so many', () => {
  const cache = new PrivateCache(join(root, 'yuheng'));
  for (let index = 0; index < MAX_FILES + 3; index++) cache.write(`file${index}`, BYTES);
  expect(readdirSync(join(root, 'yuheng'))).toHaveLength(MAX_FILES);
});

it('leaves nothing behind where it cannot write, and is not held up by what a killed program left', () => {
  const folder = join(root, 'yuheng');
  const cache = new PrivateCache(folder);
  mkdirSync(join(folder, 'a'), { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'a', 'inside'), BYTES);
  cache.write('a', BYTES);
  expect(readdirSync(folder)).toEqual(['a']);
  writeFileSync(join(folder, `b.${process.pid}.${threadId}.tmp`), '');
  cache.write('b', BYTES);
  expect(readdirSync(folder).sort()).toEqual(['a', 'b']);
});

it('keeps nothing that is too large', () => {
  const cache = new PrivateCache(join(root, 'yuheng'));
  cache.write('a', BYTES);
  const strict = new PrivateCache(join(root, 'yuheng'), BYTES.length - 1);
  expect(strict.read('a')).toBeUndefined();
  strict.write('b', BYTES);
  expect(cache.read('b')).toBeUndefined();
  expect(cache.read('a')).toHaveLength(BYTES.length);
});

it.each([0o770, 0o707, 0o777])('does not use a folder of mode %o', (mode) => {
  const folder = join(root, 'yuheng');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a'), BYTES);
  chmodSync(folder, mode);
  const cache = new PrivateCache(folder);
  expect(cache.fault()).toBe('others may write to it');
  expect(cache.read('a')).toBeUndefined();
  cache.write('b', BYTES);
  expect(readdirSync(folder)).toEqual(['a']);
});

it('does not read a file that others may write, nor one behind a link', () => {
  const cache = new PrivateCache(join(root, 'yuheng'));
  cache.write('a', BYTES);
  chmodSync(join(root, 'yuheng', 'a'), 0o622);
  symlinkSync('/etc/hostname', join(root, 'yuheng', 'b'));
  expect([cache.read('a'), cache.read('b'), cache.fault()]).toEqual([undefined, undefined, undefined]);
});

it('is no folder', () => {
  writeFileSync(join(root, 'yuheng'), '');
  const cache = new PrivateCache(join(root, 'yuheng'));
  cache.write('a', BYTES);
  expect(cache.fault()).toBe('it is no folder');
});

it('lies where XDG says', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/x' })).toBe('/x/yuheng');
  expect(cacheFolder({ XDG_CACHE_HOME: 'x' })).toMatch(/\.cache\/yuheng$/);
});

it.skipIf(!existsSync('/proc/self'))('does not spin where no folder can be made', () => {
  const cache = new PrivateCache(join('/proc', 'x', 'yuheng'));
  cache.write('a', BYTES);
  expect(cache.read('a')).toBeUndefined();
});
