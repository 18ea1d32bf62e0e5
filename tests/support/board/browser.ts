// A real browser for the board's tests: Debian's Chromium, or the one that CHROMIUM names; null where there is none.
import { existsSync } from 'node:fs';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const browserPath: string | null =
  [process.env.CHROMIUM ?? '', ...places].find((path) => path !== '' && existsSync(path)) ?? null;

export function launch(path: string): Promise<Browser> {
  // Chromium's sandbox does not work as root (in containers); the pages are our own.
  return chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
}

export interface Look {
  readonly scheme: 'light' | 'dark';
  readonly width: number;
  readonly locale: 'en' | 'ko';
}

export const looks: readonly Look[] = (['light', 'dark'] as const).flatMap((scheme) =>
  [1280, 360].flatMap((width) => (['en', 'ko'] as const).map((locale) => ({ scheme, width, locale }))),
);

export interface Opened {
  readonly page: Page;
  /** Console errors, script errors, failed requests, and requests to other hosts. */
  readonly trouble: string[];
  readonly close: () => Promise<void>;
}

export async function openPage(browser: Browser, origin: string, look: Look): Promise<Opened> {
  const context = await browser.newContext({
    colorScheme: look.scheme,
    viewport: { width: look.width, height: 900 },
    locale: look.locale,
    deviceScaleFactor: 1,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const trouble: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('404')) trouble.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => trouble.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => trouble.push(`failed: ${request.url()}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) trouble.push(`elsewhere: ${request.url()}`);
  });
  return { page, trouble, close: () => context.close() };
}

/** Violations of WCAG 2.2 AA, each with its first places. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  return page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)} }).then((result) =>
      result.violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')))`,
  );
}

/** By how many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
