import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LakeChild } from '../lake-child.ts';
import { lakeEntry } from '../testing/entry.ts';
import { isAllowedFunction } from './functions.ts';

interface EngineFunction {
  readonly name: string;
  readonly alias_to: string;
  readonly categories: string;
  readonly is_aggregate: number;
}

const folder = mkdtempSync(join(tmpdir(), 'yuheng-laketest-'));
let child: LakeChild;
let functions: EngineFunction[];
beforeAll(async () => {
  child = await LakeChild.start({ folder, entry: await lakeEntry(), log: () => {} });
  functions = await (await child.get()).rows('SELECT name, alias_to, categories, is_aggregate FROM system.functions');
});
afterAll(async () => {
  await child.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Topics of the engine's own manual none of whose functions only compute. */
const NEVER = /Introspection|Dictionary|AI|Machine Learning|Time Series|Encryption/;

it('allows nothing of the topics that reach out', () => {
  const allowed = functions.filter(({ name, categories }) => NEVER.test(categories) && isAllowedFunction(name));
  expect(allowed.map(({ name }) => name)).toEqual([]);
  expect(functions.filter(({ categories }) => NEVER.test(categories)).length).toBeGreaterThan(50);
});

it('allows an alias only with what it stands for', () => {
  const apart = functions.filter(
    ({ name, alias_to: of }) => of !== '' && isAllowedFunction(name) && !isAllowedFunction(of),
  );
  expect(apart.map(({ name, alias_to: of }) => `${name} is ${of}`)).toEqual([]);
});

it('means by a combinator aggregates only', () => {
  const plain = functions.filter(({ is_aggregate: aggregate }) => !aggregate).map(({ name }) => name);
  expect(
    plain.filter(
      (name) =>
        isAllowedFunction(`${name}If`) &&
        !functions.some((f) => f.name === `${name}If` || (f.name === name && f.is_aggregate)),
    ),
  ).toEqual([]);
});

it.each(['count', 'countIf', 'sumArrayIf', 'quantileTDigestIf', 'toStartOfHour', 'JSONExtractString', 'LOWER'])(
  'allows %s',
  (name) => expect(isAllowedFunction(name)).toBe(true),
);

it.each([
  'file',
  'fileIf',
  'hostName',
  'currentUser',
  'getSetting',
  'dictGet',
  'sleep',
  'countState',
  'ifIf',
  '__getScalar',
  '',
])('does not allow "%s"', (name) => expect(isAllowedFunction(name)).toBe(false));
