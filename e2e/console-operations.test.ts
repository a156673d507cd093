import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SECRET, startReceiver, type Receiver } from '../apps/server/notices/testing.ts';
import { chromiumPath, ConsoleUnderTest, picture, seriousViolations, VIEWS } from './console-browser.ts';

if (!chromiumPath)
  console.info('Skipped: the page of operations, for there is no Chromium here (set YUHENG_CHROMIUM).');

/** News is gathered, and silence looked for, every second or so. */
const PATIENT = { timeout: 10_000 };

const WORDS = {
  en: {
    silent: /^\d sources? .* silent/,
    sent: /Notices: \d+ sent, \d+ waiting, 0 given up\.$/,
    state: 'Sent',
    failed: /attempts? failed: \S/,
  },
  'zh-CN': {
    silent: /^\d 个来源停止发送/,
    sent: /通知：已发送 \d+ 条，等待 \d+ 条，放弃 0 条。$/,
    state: '已发送',
    failed: /失败 \d+ 次： \S/,
  },
};

describe.skipIf(!chromiumPath)('the page of operations', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-operations-'));
  const secretFile = join(folder, 'secret');
  let receiver: Receiver;
  let under: ConsoleUnderTest;
  beforeAll(async () => {
    receiver = await startReceiver();
    writeFileSync(secretFile, SECRET, { mode: 0o600 });
    under = await ConsoleUnderTest.start({
      silence: { after: '2s' },
      notices: {
        webhook: { url: receiver.url, secretFile },
        // Nobody listens there.
        mail: { url: 'smtp://127.0.0.1:9', from: 'yuheng@example.org', to: 'soc@example.org' },
      },
    });
  });
  afterAll(async () => {
    await under?.close();
    await receiver?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(VIEWS)('says who is silent and what became of notices: $language, $theme, $width px', async (view) => {
    const { language, theme, width } = view;
    const words = WORDS[language];
    const page = await under.open(language, theme, width);
    await page.goto(`${under.server.url}/operations`);
    await page.getByRole('heading', { level: 1, name: words.silent }).waitFor();
    await page.getByRole('heading', { level: 1, name: words.sent }).waitFor();
    const told = page.getByRole('table').last();
    await told.getByText(words.state, { exact: true }).first().waitFor();
    await told.getByText(words.failed).first().waitFor();
    await picture(page, `operations-${language}-${width}`);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await seriousViolations(page)).toEqual([]);
    expect(under.troubles).toEqual([]);
    await page.context().close();
  });

  it('is gone to by a key, leads to the events of a source and to an incident, and follows what happens', async () => {
    const page = await under.open('en', 'light', 1440);
    await page.goto(under.server.url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('o');
    await page.waitForURL(/\/operations$/);
    const silences = page.getByRole('table', { name: 'Silent sources' });
    await under.server.ingest('Mar  1 02:00:00 web app[1]: hello\n', '?source=fresh');
    await silences.getByText('Source fresh fell silent').waitFor();
    expect(await silences.getByRole('row', { name: /fresh/ }).getByText('still silent').count()).toBe(1);
    await under.server.ingest('Mar  1 02:00:01 web app[1]: hello\n', '?source=fresh');
    await expect
      .poll(() => silences.getByRole('row', { name: /fresh/ }).last().getByText('still silent').count(), PATIENT)
      .toBe(0);
    await silences.getByRole('link', { name: /fresh/ }).first().click();
    await page.waitForURL(/\/events\?source=fresh$/);
    await page.goBack();
    await page.getByRole('table', { name: 'Notices' }).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    expect(under.troubles).toEqual([]);
    await page.context().close();
  });

  it('says what would fill it, goes on to older ones, and says what is wrong', async () => {
    const page = await under.open('en', 'light', 1440);
    const [operations, notices] = ['**/api/v1/operations?*', '**/api/v1/notices?*'];
    await page.route(operations, (route) => route.fulfill({ json: { items: [], next: null } }));
    await page.route(notices, (route) => route.fulfill({ json: { channels: [], items: [], next: null } }));
    await page.goto(`${under.server.url}/operations`);
    await page.getByRole('heading', { name: 'Every source speaks. No notice was due.' }).waitFor();
    await page.getByText('# yuheng.yaml').waitFor();
    await page.unroute(notices);
    const { items } = (await under.server.request('/api/v1/operations')).json as { items: { finding_info: object }[] };
    await page.route(operations, (route) => {
      const isOlder = route.request().url().includes('cursor=older');
      const one = { ...items[0], finding_info: { uid: isOlder ? 'b' : 'a' } };
      return route.fulfill({ json: { items: [one], next: isOlder ? null : 'older' } });
    });
    await page.reload();
    await page.getByRole('button', { name: 'Older ones' }).click();
    await expect.poll(() => page.getByRole('table', { name: 'Silent sources' }).getByRole('link').count()).toBe(2);
    const detail = 'The books are closed.';
    await page.route(notices, (route) => route.fulfill({ status: 403, json: { code: 'YH-X', detail } }));
    await page.reload();
    await page.getByRole('alert').getByText(detail).waitFor();
    under.troubles.length = 0; // The browser itself notes the refusal.
    await page.context().close();
  });
});
