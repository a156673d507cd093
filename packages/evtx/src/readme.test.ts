import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';
import { expect, it, vi } from 'vitest';
import { nullValue, windowsEvent, writeEvtx } from './testing/index.ts';

const README = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

it('has an example that runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'evtx-'));
  const printed: unknown[][] = [];
  vi.spyOn(console, 'log').mockImplementation((...line: unknown[]) => void printed.push(line));
  try {
    const event = { recordId: 7n, provider: 'P', eventId: 4688, channel: 'Security', computer: 'host', time: 0 };
    writeFileSync(
      join(folder, 'Security.evtx'),
      writeEvtx([windowsEvent({ ...event, data: { CommandLine: nullValue } })]),
    );
    const source = /```ts\n([^]*?)```/.exec(README)?.[1] ?? '';
    const code = source
      .replace(`'@yuheng/evtx'`, JSON.stringify(pathToFileURL(join(import.meta.dirname, 'index.ts'))))
      .replace(`'Security.evtx'`, JSON.stringify(join(folder, 'Security.evtx')));
    writeFileSync(join(folder, 'example.mjs'), transformSync(code, { loader: 'ts' }).code);
    await import(/* @vite-ignore */ join(folder, 'example.mjs'));
  } finally {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  }
  expect(printed).toEqual([[7n, 4688, 'host', null], [expect.stringMatching(/^<Event xmlns='.*<\/Event>$/)]]);
});
