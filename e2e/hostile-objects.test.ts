import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { capabilities } from '@yuheng/capabilities';
import { normalize } from '@yuheng/engine';
import { recordsOf, sourceIn } from '@yuheng/engine/testing';
import { expect, it } from 'vitest';

// An object may call itself anything: no field of any JSON source may be one that breaks its reader.

const HOSTILE = { toString: 1, valueOf: null, toJSON: 'x', length: -1, constructor: [], hasOwnProperty: 0 };

/** Our samples that are JSON, a line each. */
function jsonSamples(): string[] {
  const found = readdirSync('capabilities', { recursive: true, encoding: 'utf8' }).map((name) =>
    join('capabilities', name),
  );
  return [
    ...found.filter((name) => /\/samples\//.test(name) && statSync(name).isFile()),
    'samples/ws01/sysmon.json',
  ].filter((name) => readFileSync(name, 'utf8').startsWith('{'));
}

/** The first line of each shape, with one field after another replaced. */
function* hostileLines(lines: readonly string[]): Generator<string> {
  const shapes = new Set<string>();
  for (const line of lines) {
    const value = JSON.parse(line) as { [name: string]: unknown };
    const shape = Object.keys(value).join();
    if (shapes.has(shape)) continue;
    shapes.add(shape);
    for (const name of Object.keys(value)) {
      for (const content of [HOSTILE, [HOSTILE], [[HOSTILE], null]])
        yield JSON.stringify({ ...value, [name]: content });
      const inner = value[name];
      if (typeof inner === 'object' && inner !== null && !Array.isArray(inner))
        for (const part of Object.keys(inner))
          yield JSON.stringify({ ...value, [name]: { ...inner, [part]: HOSTILE } });
    }
  }
}

it.each(jsonSamples())('%s', async (name) => {
  const content = readFileSync(name);
  const source = capabilities.map((capability) => sourceIn(capability, content)).find((found) => found !== undefined)!;
  const lines = content
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  const hostile = [...hostileLines(lines)];
  expect(hostile.length).toBeGreaterThan(5);
  const { records, counts } = await recordsOf(hostile.join('\n'), source);
  expect(counts).toMatchObject({ read: hostile.length, balanced: true });
  for (const record of records) expect(normalize(record, source)).toMatchObject({ metadata: {} });
});
