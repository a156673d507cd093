import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, ConsoleUnderTest, picture, seriousViolations, VIEWS } from './console-browser.ts';

if (!chromiumPath) console.info('Skipped: the list of incidents, for there is no Chromium here (set YUHENG_CHROMIUM).');

/** Incidents of the long list. */
const MANY = 100_000;

describe.skipIf(!chromiumPath)('the list of incidents', () => {
  let under: ConsoleUnderTest;
  beforeAll(async () => {
    under = await ConsoleUnderTest.start();
  });
  afterAll(() => under?.close());

  it('is narrowed by state, severity and text, each in the address, with counts to match', async () => {
    const page = await under.open('en', 'light', 1440);
    await page.goto(`${under.server.url}/?status=all`);
    await page.getByRole('heading', { level: 1, name: /^2 incidents, the worst: / }).waitFor();
    await page.getByText('All 2').waitFor();
    await page.getByRole('combobox', { name: 'Severity' }).click();
    await page.getByTitle('Critical or worse').click();
    await page.getByRole('heading', { level: 1, name: /^1 incident: / }).waitFor();
    await page.getByText('New 1').click();
    await page.getByRole('heading', { level: 1, name: /^1 new incident: / }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('nowhere');
    await page.keyboard.press('Enter');
    await page.getByText('No incident matches these filters.').waitFor();
    expect(new URL(page.url()).search).toBe('?severity=critical&text=nowhere');
    await page.getByRole('button', { name: 'Take the filters away' }).click();
    await page.getByRole('heading', { level: 1, name: /^2 new incidents, / }).waitFor();
    await page.goBack();
    await page.getByText('All 0').waitFor();
    expect(under.troubles).toEqual([]);
    await page.context().close();
  });

  it.each(VIEWS)('gives an incident an owner: $language, $theme, $width px', async ({ language, theme, width }) => {
    const words =
      language === 'en'
        ? { assign: 'Assign', change: 'Change', owner: 'Owner', nobody: 'nobody assigned' }
        : { assign: /^分\s?派$/, change: /^更\s?改$/, owner: '负责人', nobody: '未分派' };
    const page = await under.open(language, theme, width);
    await page.goto(`${under.server.url}/incidents/${under.incident}`);
    await page.getByText(words.nobody).waitFor();
    await page.getByRole('button', { name: words.assign }).click();
    await page.getByRole('textbox', { name: words.owner }).fill('Li Lei');
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: words.change }).waitFor();
    await picture(page, `owner-${language}-${width}`);
    await page.goto(`${under.server.url}/?status=all`);
    await page.getByRole('cell', { name: 'Li Lei' }).waitFor();
    await picture(page, `list-${language}-${width}`);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await seriousViolations(page)).toEqual([]);
    await page.goBack();
    await page.getByRole('button', { name: words.change }).click();
    await page.getByRole('textbox', { name: words.owner }).fill('');
    await page.keyboard.press('Enter');
    await page.getByText(words.nobody).waitFor();
    expect(under.troubles).toEqual([]);
    await page.context().close();
  });

  it.each([1440, 390])(
    'draws of 100,000 only what is in sight, and goes through them by keys at %i px',
    async (width) => {
      const page = await under.open('en', 'light', width);
      const { items } = (await under.server.request('/api/v1/incidents?limit=1')).json as {
        items: { unmapped: object }[];
      };
      await page.route('**/api/v1/incidents?*', (route) => {
        const params = new URL(route.request().url()).searchParams;
        const [from, limit] = [Number(params.get('cursor') ?? 0), Number(params.get('limit'))];
        const some = Array.from({ length: limit }, (_, index) => {
          const uid = String(from + index).padStart(32, '0');
          const title = `Incident ${from + index}`;
          return { ...items[0], unmapped: { ...items[0]!.unmapped, uid, titles: { en: title, 'zh-CN': title } } };
        });
        const triage = some.map(() => ({ status: 'new', reason: '', owner: '' }));
        return route.fulfill({ json: { items: some, triage, next: String(from + limit) } });
      });
      await page.route('**/api/v1/incidents/counts?*', (route) =>
        route.fulfill({ json: { new: MANY, open: 0, closed: 0, 'false-positive': 0 } }),
      );
      await page.goto(under.server.url);
      await page
        .getByRole('heading', { level: 1, name: /^100,000 new incidents\. The worst of these 1?,?\d00: / })
        .waitFor();
      expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(String(MANY));
      for (let row = 0; row <= 250; row++) {
        await page.keyboard.press('j');
        await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe(`Incident ${row}`);
      }
      expect(await page.locator('[data-row]').count()).toBeLessThan(100);
      await page.keyboard.press('k');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Incident 249');
      const [row, view] = [await page.locator(':focus').boundingBox(), page.viewportSize()!];
      expect(row!.y).toBeGreaterThan(0);
      expect(row!.y + row!.height).toBeLessThan(view.height);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/incidents\/0{29}249$/);
      under.troubles.length = 0; // There is no such incident: the browser itself notes the refusal.
      await page.context().close();
    },
  );
});
