import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder, yuheng } from './cli.ts';

/** A hunt over our samples with a cache of its own; what it finds. */
async function hunt(cache: string, ...flags: string[]): Promise<string> {
  const out = join(emptyFolder(), 'findings.ndjson');
  const ran = await yuheng(['hunt', 'samples', '--out', out, '--quiet', ...flags], { env: { XDG_CACHE_HOME: cache } });
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  return readFileSync(out, 'utf8');
}

function kept(cache: string): { readonly name: string; readonly path: string; readonly mode: number }[] {
  const folder = join(cache, 'yuheng');
  return readdirSync(folder).map((name) => {
    const path = join(folder, name);
    return { name: name.replace(/-.*/, ''), path, mode: statSync(path).mode & 0o777 };
  });
}

it('finds the same with what earlier hunts have learned, and with a cache that is damaged', async () => {
  const cache = emptyFolder();
  const cold = await hunt(cache);
  expect(cold).not.toBe('');
  const files = kept(cache);
  expect(files.map(({ name, mode }) => [name, mode]).sort()).toEqual([
    ['lessons', 0o600],
    ['rules', 0o600],
  ]);
  const lessons = files.find(({ name }) => name === 'lessons')!.path;
  const learned = readFileSync(lessons);
  expect(await hunt(cache)).toBe(cold);
  expect(readFileSync(lessons).equals(learned)).toBe(true);
  for (const { path } of files) {
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(path, bytes);
  }
  expect(await hunt(cache)).toBe(cold);
  expect(await hunt(cache, '--workers', '2')).toBe(cold);
});

it('keeps what each thread has learned', async () => {
  const cache = emptyFolder();
  await hunt(cache, '--workers', '2');
  const lessons = kept(cache).find(({ name }) => name === 'lessons')!.path;
  const learned = readFileSync(lessons);
  await hunt(cache);
  expect(readFileSync(lessons).equals(learned)).toBe(true);
});

it('learns apart for other exclusions', async () => {
  const cache = emptyFolder();
  const all = await hunt(cache);
  const [first] = all.split('\n');
  const { finding_info: found } = JSON.parse(first!) as { finding_info: { analytic: { uid: string } } };
  const left = await hunt(cache, '--exclude', found.analytic.uid);
  expect(left).not.toContain(found.analytic.uid);
  expect(await hunt(cache)).toBe(all);
  const lessons = kept(cache).filter(({ name }) => name === 'lessons');
  // One under the name of the other is not believed.
  for (const { path } of lessons) copyFileSync(lessons.find((other) => other.path !== path)!.path, path);
  expect(await hunt(cache)).toBe(all);
  expect(
    kept(cache)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['lessons', 'lessons', 'rules']);
});
