import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../sources/config.ts';
import { openChannels } from './channels.ts';
import { SECRET } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'yuheng-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (notices: object) => {
  const path = join(folder, 'yuheng.yaml');
  writeFileSync(path, JSON.stringify({ notices }));
  return readConfig(path).config.notices;
};
const webhook = { url: 'https://example.org/hook' };
const mail = { url: 'smtps://soc@mail.example.org', from: 'a@example.org', to: 'b@example.org' };
const names = (notices: object, environment = {}): string[] =>
  openChannels(read(notices), environment).map(({ name }) => name);

describe('notices in the configuration', () => {
  it('are none unless asked for; of high severity and in English unless told', () => {
    expect(read({})).toEqual({ severity: 'high', language: 'en' });
    expect(names({})).toEqual([]);
  });

  it('take their secrets from variables or from files', () => {
    const environment = { YUHENG_WEBHOOK_SECRET: SECRET, YUHENG_SMTP_PASSWORD: 'p' };
    expect(names({ webhook, mail }, environment)).toEqual(['webhook', 'mail']);
    const file = join(folder, 'secret');
    writeFileSync(file, `${SECRET}\n`);
    expect(names({ webhook: { ...webhook, secretFile: file } })).toEqual(['webhook']);
    expect(names({ mail: { ...mail, url: 'smtp://relay.example.org:25', to: ['b@example.org'] } })).toEqual(['mail']);
  });

  it.each([
    ['a webhook without a secret', { webhook }, 'YUHENG_WEBHOOK_SECRET holds no secret'],
    ['a mail without a password', { mail }, 'YUHENG_SMTP_PASSWORD holds no secret'],
    ['a file that is not there', { webhook: { ...webhook, secretFile: '/nowhere/x' } }, 'ENOENT'],
    ['a severity that is none', { severity: 'grave' }, 'severity'],
    ['a webhook by another protocol', { webhook: { url: 'file:///etc/passwd' } }, 'expected an address like https://'],
    ['a webhook with a user', { webhook: { url: 'https://user@example.org' } }, 'expected no user'],
    ['a mail address of two', { mail: { ...mail, to: 'a@example.org, b@example.org' } }, 'mail.to'],
    ['a mail address with a line', { mail: { ...mail, from: 'a\nBcc: b@example.org' } }, 'expected one mailbox'],
    ['a key that is none', { webhook: { ...webhook, secret: 'x' } }, 'Unrecognized key'],
    ['too many mailboxes', { mail: { ...mail, to: Array.from({ length: 101 }, () => mail.to) } }, 'mail.to'],
  ])('refuse %s', (_, notices, why) => expect(() => names(notices)).toThrow(why));

  it('never repeat a password that stands in an address', () => {
    const wrong = { mail: { ...mail, url: 'smtp://soc:hunter2@mail.example.org' } };
    expect(() => names(wrong)).toThrow(/without a password(?!.*hunter2)/s);
  });

  it('say which file cannot be read', () => {
    const file = join(folder, 'secret');
    writeFileSync(file, '');
    expect(() => names({ webhook: { ...webhook, secretFile: file } })).toThrow(`${file} holds no secret`);
  });
});
