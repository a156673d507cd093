import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, ConsoleUnderTest, picture, seriousViolations, VIEWS } from './console-browser.ts';
import type { TestServer } from './server/run-server.ts';

/** What the first page may weigh, gzipped. */
const FIRST_LOAD_BYTES = 500_000;
const PLACES = {
  incidents: ['/', /^2 (?:new incidents|起新建)/],
  incident: ['/incidents/', /web01/],
  events: ['/events', /^(?:\d+ events match|共有 \d+ 条)/],
  sql: [`/events?sql=${encodeURIComponent('SELECT host, count() AS n FROM events GROUP BY host')}`, /SQL/],
  sources: ['/sources', /(?:balance|平衡)/],
} as const;

describe.skipIf(!chromiumPath)('the console', () => {
  let under: ConsoleUnderTest;
  let server: TestServer;
  let troubles: string[];
  beforeAll(async () => {
    under = await ConsoleUnderTest.start();
    ({ server, troubles } = under);
  });
  afterAll(() => under?.close());

  it('tells how to sign in, signs in by the link, and weighs little', async () => {
    const context = await under.browser.newContext({ locale: 'en-US', timezoneId: 'UTC' });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByRole('heading', { name: 'Sign in by the link that the server printed' }).waitFor();
    under.watch(page);
    const bodies: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      // What still comes when the page is closed is none of the first load.
      if (response.status() === 200 && !response.url().includes('/changes'))
        bodies.push(response.body().catch(() => Buffer.alloc(0)));
    });
    await under.signIn(page);
    await page.getByRole('heading', { name: /^2 new incidents/ }).waitFor();
    const bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
    console.info(`The console's first load: ${Math.round(bytes / 1000)} KB gzip.`);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(FIRST_LOAD_BYTES);
    expect(troubles).toEqual([]);
    await context.close();
  });

  const cases = VIEWS.flatMap((view) =>
    Object.entries(PLACES).map(([place, [path, title]]) => ({ ...view, place, path, title })),
  );
  it.each(cases)('$place, $language, $theme, $width px', async ({ language, theme, width, place, path, title }) => {
    const page = await under.open(language, theme, width);
    await page.goto(server.url + path + (place === 'incident' ? under.incident : ''));
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0);
    await picture(page, `${place}-${language}-${width}`);
    expect(await page.evaluate('document.documentElement.lang')).toBe(language);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await seriousViolations(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('goes by keys from the list to an incident and back, and sets its state', async () => {
    const page = await under.open('en', 'light', 1440);
    await page.goto(server.url);
    await page.getByRole('heading', { name: /^2 new/ }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('complementary', { name: 'Keys' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    await page.getByRole('combobox', { name: 'Set state' }).click();
    await page.getByTitle('False positive').click();
    await page.getByLabel('Why is it a false positive?').fill('A drill');
    await page.getByRole('button', { name: 'Save as false positive' }).click();
    await page.getByText('The state is now: False positive.').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: /^1 new incident/ }).waitFor();
    await page.getByText('False positive 1').click();
    await page.getByRole('heading', { name: /^1 false-positive incident/ }).waitFor();
    expect(new URL(page.url()).search).toBe('?status=false-positive');
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it.each(VIEWS)('goes anywhere by a few letters: $language, $theme, $width px', async ({ language, theme, width }) => {
    const page = await under.open(language, theme, width);
    await page.goto(`${server.url}/sources`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog');
    const options = palette.getByRole('option');
    await options.filter({ hasText: /2026-/ }).first().waitFor();
    await picture(page, `palette-${language}-${width}`);
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.type('WEB01');
    await expect.poll(() => options.count()).toBe(2);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    const first = options.first();
    expect(await first.getAttribute('aria-selected')).toBe('true');
    expect(await page.getByRole('combobox').getAttribute('aria-activedescendant')).toBe(await first.getAttribute('id'));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/incidents\/[0-9a-f]{32}$/);
    expect(await palette.count()).toBe(0);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('changes theme and language, lists keys and searches events from the palette, and closes it without a choice', async () => {
    const page = await under.open('en', 'light', 1440);
    await page.goto(server.url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const pick = async (letters: string): Promise<void> => {
      await page.keyboard.press('Meta+K');
      await page.keyboard.type(letters);
      await page.getByRole('option', { selected: true }).waitFor();
      await page.keyboard.press('Enter');
    };
    await pick('dark th');
    await expect.poll(() => page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
    await pick('keys');
    await page.getByRole('complementary', { name: 'Keys' }).waitFor();
    await pick('it is nowhere');
    await page.waitForURL(/\/events\?text=it\+is\+nowhere$/);
    await pick('中文');
    await expect.poll(() => page.evaluate('document.documentElement.lang')).toBe('zh-CN');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('narrows events by text, value and time, and opens one to its record', async () => {
    const page = await under.open('en', 'light', 1440);
    await page.goto(`${server.url}/events`);
    await page.getByRole('heading', { level: 1, name: /events match/ }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('Failed password');
    await page.keyboard.press('Enter');
    await page.waitForURL(/text=Failed/);
    const [expected] = await server.search("SELECT count() AS n FROM events WHERE raw_data ILIKE '%failed password%'");
    await page.getByRole('heading', { level: 1, name: `${expected!['n']} events match` }).waitFor();
    await page.locator('button[data-row]').first().click();
    await page.locator('.opened pre', { hasText: '"class_uid"' }).waitFor();
    await page.locator('.bars button').first().click();
    await page.waitForURL(/from=\d+/);
    await page.goto(`${server.url}/events?host=${encodeURIComponent("it's \\ nowhere")}`);
    await page.getByRole('heading', { level: 1, name: 'No event matches.' }).waitFor();
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('says what is wrong with a query, and shows hostile text as text', async () => {
    const page = await under.open('en', 'light', 1440);
    await page.goto(`${server.url}/events?sql=${encodeURIComponent("SELECT '<img src=x onerror=alert(1)>' AS x")}`);
    await page.getByRole('cell', { name: '<img src=x onerror=alert(1)>' }).waitFor();
    await page.goto(`${server.url}/events?sql=${encodeURIComponent('SELECT * FROM system.tables')}`);
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).waitFor();
    troubles.length = 0; // The browser itself notes the refusal.
    await page.context().close();
  });

  it('is served under a strict policy, its files for ever, and nothing beside them', async () => {
    const page = await server.request('/incidents/anything', { key: null });
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const [asset] = /\/assets\/main-\w+\.js/.exec(page.text)!;
    expect((await server.request(asset, { key: null })).headers.get('cache-control')).toContain('immutable');
    for (const path of ['/assets/..%2f..%2fstamp.json', '/assets/%2e%2e/index.html', '/assets/none.js', '/assets/'])
      expect((await server.request(path, { key: null })).status, path).toBe(404);
  });

  it('says what would fill an empty list, and recovers from a failure', async () => {
    const page = await under.open('en', 'light', 1440);
    const [lists, counts] = ['**/api/v1/incidents?*', '**/api/v1/incidents/counts?*'];
    await page.route(lists, (route) => route.fulfill({ json: { items: [], triage: [], next: null } }));
    const none = { new: 0, open: 0, closed: 0, 'false-positive': 0 };
    await page.route(counts, (route) => route.fulfill({ json: none }));
    await page.goto(server.url);
    await page.getByRole('heading', { name: 'No new incidents.' }).waitFor();
    await page.getByText('yuheng ingest <files>').waitFor();
    await page.unroute(lists);
    await page.unroute(counts);
    const detail = 'The books are closed.';
    await page.route('**/api/v1/ledger', (route) => route.fulfill({ status: 403, json: { code: 'YH-X', detail } }));
    await page.getByRole('link', { name: 'Sources' }).click();
    await page.getByRole('alert').getByText(detail).waitFor();
    await page.unroute('**/api/v1/ledger');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: /sources balance/ }).waitFor();
    troubles.length = 0; // The browser itself notes the refusal.
    await page.context().close();
  });

  it('shows what arrives while it is open', async () => {
    const page = await under.open('en', 'light', 1440);
    await page.goto(`${server.url}/sources`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await server.ingest('a line of text\n', '?source=fresh');
    await page.getByRole('link', { name: 'fresh' }).waitFor();
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});
