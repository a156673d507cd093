import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder } from '../cli.ts';
import { TestServer } from './run-server.ts';
import { PLACEHOLDER_RULE as RULE } from '../placeholder-rule.ts';

it('a server gives values to placeholders', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'rule.yml'), RULE);
  writeFileSync(join(folder, 'values.yaml'), 'admins: [root, eve]\n');
  const flags = ['--rules', join(folder, 'rule.yml'), '--placeholders', join(folder, 'values.yaml')];
  const server = await TestServer.start(flags);
  try {
    const channel = 'Microsoft-Windows-Sysmon/Operational';
    const event = { Channel: channel, EventID: 1, Computer: 'ws01', TimeCreated: '2026-03-01T02:14:01Z', User: 'eve' };
    await server.ingest(`${JSON.stringify(event)}\n`, '?source=windows-json&file=a&first=1&last=true');
    expect(await server.settled('findings', 1)).toEqual([expect.stringContaining('By an admin')]);
  } finally {
    await server.remove();
  }
});
