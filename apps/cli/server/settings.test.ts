import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serveOptions } from './serve-options.ts';
import { settingsNow, settle } from './settings.ts';

let data: string;
let file: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'yuheng-test-'));
  file = join(data, 'yuheng.yaml');
  vi.stubEnv('YUHENG_DATA_DIR', data);
});
afterEach(() => {
  rmSync(data, { recursive: true });
  vi.unstubAllEnvs();
});

function serving(...argv: string[]): Command {
  const command = new Command();
  for (const option of serveOptions('en')) command.addOption(option);
  return command.parse(argv, { from: 'user' });
}

describe('settings', () => {
  it('come from flags, then variables, then the file, then defaults', () => {
    writeFileSync(file, 'server: {port: 1, host: "::1", timezone: Asia/Shanghai, decoyHttp: 7421, rules: [a, b]}');
    vi.stubEnv('YUHENG_PORT', '2');
    expect(settle(serving('--host', '127.0.0.2')).flags).toMatchObject({
      ...{
        host: '127.0.0.2',
        port: '2',
        timezone: 'Asia/Shanghai',
        decoyHttp: '7421',
        decoySsh: 'off',
        rules: ['a', 'b'],
      },
    });
  });

  it('are told with where they come from, and without what is secret', () => {
    writeFileSync(
      file,
      'server: {maxBodyBytes: 4096}\nretention: {days: 7}\nnotices: {webhook: {url: "https://example.org/hook?key=abc"}}',
    );
    vi.stubEnv('YUHENG_PORT', '2');
    vi.stubEnv('YUHENG_POSTGRES_URL', 'postgres://u:secret@127.0.0.1/db');
    const settings = settingsNow(new Command(), 'en');
    const told = new Map(settings.map(({ name, value, origin }) => [name, [value, origin]]));
    expect(Object.fromEntries(told)).toMatchObject({
      'server.data': [data, 'YUHENG_DATA_DIR'],
      'server.host': ['127.0.0.1', undefined],
      'server.port': ['2', 'YUHENG_PORT'],
      'server.maxBodyBytes': ['4096', file],
      'server.maxRecordBytes': ['1048576', undefined],
      'server.postgresUrl': ['…', 'YUHENG_POSTGRES_URL'],
      'retention.days': ['7', file],
      'retention.diskPercent': ['80', undefined],
      'notices.webhook': ['https://example.org', file],
      'silence.after': ['3600s', undefined],
    });
    expect(JSON.stringify(settings)).not.toMatch(/secret|abc/);
  });

  it('are refused with what is wrong and what the file holds', () => {
    writeFileSync(file, 'server: {prot: 1}');
    expect(() => settingsNow(new Command(), 'en')).toThrow(/Unrecognized key: "prot"[\s\S]*It holds `server: \{host/);
    writeFileSync(file, 'server: [');
    expect(() => settle(serving())).toThrow(/is not understood/);
  });
});
