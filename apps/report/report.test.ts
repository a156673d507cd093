import { existsSync } from 'node:fs';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import type { Decided, PlacedFinding } from '@yuheng/engine';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { ReportCollector, SHOWN_PER_RULE } from './collect.ts';
import { attribute, html } from './html.ts';
import { huntReport } from './hunt-report.ts';
import { events, HOSTILE, proveEvents, TRANSLATIONS } from './report.testing.ts';
import { MAX_EVIDENCE } from './shown-finding.ts';

async function reportOf(input: string, language: 'en' | 'zh-CN' = 'en'): Promise<string> {
  const proved = await proveEvents(input);
  return page(proved.findings, proved, language);
}

function page(findings: Iterable<PlacedFinding>, decided: Decided, language: 'en' | 'zh-CN' = 'en'): string {
  const collected = new ReportCollector();
  for (const found of findings) collected.add(found);
  const books = { paragraphs: ['1 file'], details: [HOSTILE] };
  const outcome = { incidents: decided.incidents, books: { en: books, 'zh-CN': books }, version: '1.2.3' };
  return huntReport(collected, outcome, TRANSLATIONS, language);
}

describe('html', () => {
  it.each([
    ['<b>&"\'', '&lt;b&gt;&amp;&quot;&#39;'],
    ['a\u0000b', 'a<span class="ctl">U+0000</span>b'],
    ['\u202eexe', '<span class="ctl">U+202E</span>exe'],
  ])('escapes %j', (text, escaped) => expect(html`${text}`.text).toBe(escaped));
  it('puts no element into an attribute', () => expect(attribute('\u001b"').text).toBe('[U+001B]&quot;'));
});

describe('the report', () => {
  it('begins with the answer, in both languages', async () => {
    const text = await reportOf(events(2));
    expect(text).toMatch(/<h1><span lang="en">1 incident in 4 findings\. The worst: /);
    expect(text).toContain('4 条发现中有 1 个安全事件');
    expect(text).toContain('日志被清除');
    expect(await reportOf('')).toContain('Nothing was found.');
  });

  it('lets nothing hostile through, wherever it stands', async () => {
    const text = await reportOf(events(3, HOSTILE));
    expect(text).not.toMatch(/<img|<script>alert|[\u001b\u202e]/);
    expect(text).toContain('&lt;img src=x');
  });

  it('loads nothing from anywhere and says nothing of this machine', async () => {
    const text = await reportOf(events(2));
    expect(text.replace(/&lt;[\s\S]*?&gt;/g, '')).not.toMatch(
      /(?:src|href|url)\s*[=(]\s*["']?(?:https?:|\/\/|file:|\/)/i,
    );
    expect(text).toContain("default-src 'none'");
    expect(text).not.toContain(process.cwd());
  });

  it('is the same every time', async () => expect(await reportOf(events(5))).toBe(await reportOf(events(5))));

  it('holds 100,000 findings in 5 MB and bounded memory', async () => {
    const proved = await proveEvents(events(40, 'x'.repeat(3000)));
    function* many(): Generator<PlacedFinding> {
      for (let index = 0; index < 100_000; index++) {
        const found = proved.findings[index % proved.findings.length]!;
        const uid = `${'0'.repeat(20)}${index}`;
        const analytic = { ...found.finding.finding_info.analytic, uid: `rule-${index % 400}` };
        const info = { ...found.finding.finding_info, uid, analytic };
        yield {
          ...found,
          order: { ...found.order, ms: found.order.ms + index * 60_000, uid },
          finding: { ...found.finding, finding_info: info },
        };
      }
    }
    const collected = new ReportCollector();
    for (const found of many()) collected.add(found);
    expect([...collected.rules.values()].every((rule) => rule.shown.length <= SHOWN_PER_RULE)).toBe(true);
    expect(collected.buckets.size).toBeLessThanOrEqual(2_000);
    const text = page(many(), proved);
    expect(Buffer.byteLength(text)).toBeLessThan(5 * 1024 * 1024);
    expect(text).toContain('100,000 findings');
    expect(MAX_EVIDENCE).toBeLessThan(10_000);
  });
});

const executable =
  process.env['YUHENG_CHROMIUM'] ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
if (!executable)
  console.info('Skipped: the report in a browser, for there is no Chromium on this machine (set YUHENG_CHROMIUM).');

it.runIf(process.env['YUHENG_REQUIRE_BROWSER'])('has a browser where one is required', () =>
  expect(executable).toBeDefined(),
);

describe.skipIf(!executable)('in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yuheng-report-'));
  const path = join(folder, 'report.html');
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
  let browser: Browser;

  beforeAll(async () => {
    writeFileSync(path, await reportOf(events(12, HOSTILE) + events(12)));
    browser = await chromium.launch({
      executablePath: executable!,
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const views = [1440, 390].flatMap((width) =>
    ['en', 'zh'].flatMap((language) => ['light', 'dark'].map((theme) => [width, language, theme] as const)),
  );
  it.each(views)('%i px, %s, %s: no violation of axe, no sideways scroll', async (width, language, theme) => {
    const context = await browser.newContext({ bypassCSP: true, viewport: { width, height: 900 } });
    const view = await context.newPage();
    await view.goto(`file://${path}`);
    await view.click(`label[for=lang-${language}]`);
    await view.click(`label[for=theme-${theme}]`);
    expect(await view.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await view.locator('h1').innerText()).toMatch(language === 'en' ? /^\d+ incidents? in/ : /^\d+ 条发现中/);
    await view.evaluate(axe);
    const { violations } = (await view.evaluate('axe.run()')) as {
      violations: { id: string; nodes: { html: string }[] }[];
    };
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await context.close();
  });

  it('reads without scripts, runs none but its own, and prints', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const view = await context.newPage();
    const asked: string[] = [];
    view.on('request', (request) => asked.push(request.url()));
    await view.goto(`file://${path}`);
    expect(await view.locator('section').count()).toBeGreaterThan(3);
    await view.locator('summary').first().click();
    expect(asked).toEqual([`file://${path}`]);
    expect((await view.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
    await context.close();
  });
});
