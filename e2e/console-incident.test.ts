import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, ConsoleUnderTest, picture, seriousViolations, VIEWS } from './console-browser.ts';

if (!chromiumPath) console.info('Skipped: work on an incident, for there is no Chromium here (set YUHENG_CHROMIUM).');

describe.skipIf(!chromiumPath)('one incident in the console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-export-'));
  let under: ConsoleUnderTest;
  beforeAll(async () => {
    under = await ConsoleUnderTest.start();
  });
  afterAll(async () => {
    await under?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['en', 'Export report', /, from 20.* UTC to 20.* UTC\.$/],
    ['zh-CN', '导出报告', /，自 20.* UTC 至 20.* UTC。$/],
  ])('is exported as a report that opens without the server, in %s', async (language, button, headline) => {
    const page = await under.open(language, 'light', 1440);
    await page.goto(`${under.server.url}/incidents/${under.incident}`);
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: button }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(`incident-${under.incident}.html`);
    const path = join(folder, `${language}.html`);
    await download.saveAs(path);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`file://${path}`);
    expect(await page.locator('h1').innerText()).toMatch(headline);
    expect(await page.locator('svg .node').count()).toBeGreaterThan(1);
    expect(await seriousViolations(page)).toEqual([]);
    expect(asked).toEqual([`file://${path}`]);
    const { chapters } = (await under.server.request(`/api/v1/incidents/${under.incident}/story`)).json as {
      chapters: { findings: { uid: string; raw: string }[] }[];
    };
    const text = readFileSync(path, 'utf8');
    for (const { uid } of chapters.flatMap(({ findings }) => findings)) expect(text).toContain(`id="f-${uid}"`);
    expect(text).toMatch(/<mark>[^<]/);
    expect(under.troubles).toEqual([]);
    await page.context().close();
  });

  it.each(VIEWS)(
    'says why each rule matched, marked down to the record: $language, $theme, $width px',
    async (view) => {
      const page = await under.open(view.language, view.theme, view.width);
      await page.goto(`${under.server.url}/incidents/${under.incident}`);
      const evidence = page.locator('details').first();
      await evidence.locator('summary').click();
      const [field, value] = [evidence.locator('dt').first(), evidence.locator('dd mark').first()];
      const path = `/api/v1/findings/${(await evidence.getAttribute('id'))!.slice(2)}/explanation`;
      const { reasons } = (await under.server.request(path)).json as { reasons: { field: string; value: string }[] };
      expect(reasons.length).toBeGreaterThan(0);
      await expect.poll(() => value.innerText()).toBe(reasons[0]!.value);
      expect(await field.innerText()).toBe(reasons[0]!.field || (view.language === 'en' ? 'text' : '文字'));
      expect(await evidence.locator('pre mark').count()).toBeGreaterThan(0);
      await picture(page, `evidence-${view.language}-${view.width}`);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(await seriousViolations(page)).toEqual([]);
      expect(under.troubles).toEqual([]);
      await page.context().close();
    },
  );

  it('is exported in the language asked for, as a file and never as a page of ours', async () => {
    const path = `/api/v1/incidents/${under.incident}/report`;
    const asked = await under.server.request(`${path}?language=zh-CN`);
    expect(asked.text).toContain('<html lang="zh-CN">');
    expect(asked.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(asked.headers.get('content-disposition')).toMatch(/^attachment; filename="incident-[0-9a-f]{32}\.html"$/);
    expect(asked.headers.get('content-security-policy')).toBe('sandbox');
    const preferred = await under.server.request(path, { headers: { 'accept-language': 'zh-CN,zh;q=0.9' } });
    expect(preferred.text).toBe(asked.text);
    expect(await under.server.request(`${path}?language=fr`)).toMatchObject({ status: 400 });
    expect(await under.server.request(path, { key: null })).toMatchObject({ status: 401 });
  });
});
