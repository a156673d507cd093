import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { TestServer, withServer } from './server/run-server.ts';

/** The browser of this machine; `undefined` where there is none. */
export const chromiumPath =
  process.env['YUHENG_CHROMIUM'] ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

/** Both languages, themes and widths, each with each other. */
export const VIEWS = [
  { language: 'en', theme: 'light', width: 1440 },
  { language: 'en', theme: 'dark', width: 390 },
  { language: 'zh-CN', theme: 'dark', width: 1440 },
  { language: 'zh-CN', theme: 'light', width: 390 },
] as const;

/** Where `YUHENG_SCREENSHOTS` puts pictures; those of the guide stand in `docs/guide/console`. */
const PICTURES = process.env['YUHENG_SCREENSHOTS'];

/** Takes a picture of what is in sight, where pictures are asked for. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png` });
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** Serious violations of accessibility on a page, each with the first element that has it. */
export async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run()')) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** A server with the samples, and a browser that looks at its console. */
export class ConsoleUnderTest {
  readonly server: TestServer;
  readonly browser: Browser;
  /** Uid of the first incident. */
  readonly incident: string;
  /** What the browser complained about. */
  readonly troubles: string[] = [];
  private cookies: Awaited<ReturnType<BrowserContext['cookies']>> = [];

  private constructor(server: TestServer, browser: Browser, incident: string) {
    this.server = server;
    this.browser = browser;
    this.incident = incident;
  }

  /** `config`: what stands in `yuheng.yaml`. */
  static async start(config: object = {}): Promise<ConsoleUnderTest> {
    const server = await TestServer.start();
    await server.stop();
    writeFileSync(join(server.data, 'yuheng.yaml'), JSON.stringify(config));
    await server.up();
    const ran = await withServer(server, 'ingest', 'samples');
    if (!(ran.stderr + ran.stdout).includes('accepted')) throw new Error(ran.stderr);
    const incidents = await server.settled('incidents', 2);
    const { metadata } = JSON.parse(incidents[0]!) as { metadata: { uid: string } };
    const browser = await chromium.launch({
      executablePath: chromiumPath!,
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    return new ConsoleUnderTest(server, browser, metadata.uid);
  }

  /** Signs in by the link that the server printed; it works once. */
  async signIn(page: Page): Promise<void> {
    await page.goto(this.server.signIn);
    await page.locator('header nav').waitFor();
    this.cookies = await page.context().cookies();
  }

  /** A page of its own, signed in. */
  async open(language: string, theme: string, width: number): Promise<Page> {
    const context = await this.browser.newContext({
      bypassCSP: true,
      viewport: { width, height: 900 },
      timezoneId: 'UTC',
    });
    if (this.cookies.length === 0) await this.signIn(await context.newPage());
    await context.addCookies(this.cookies);
    await context.addInitScript(
      `localStorage['yuheng-language']='${language}';localStorage['yuheng-theme']='${theme}'`,
    );
    const page = await context.newPage();
    this.watch(page);
    return page;
  }

  watch(page: Page): void {
    page.on('console', (message) => message.type() === 'error' && this.troubles.push(message.text()));
    page.on('pageerror', (error) => this.troubles.push(error.message));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.remove();
  }
}
