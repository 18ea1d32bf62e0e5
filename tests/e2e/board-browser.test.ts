// The board in a real browser: every page in both languages, both schemes and two widths; and clicking through it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listening, listen } from '../../src/server/server.ts';
import { browserPath, type Look, launch, looks, openPage, overflow, violations } from '../support/board/browser.ts';
import { fillSpread, openBoard } from '../support/board/open.ts';
import { sampleStories } from '../support/board/sample.ts';
import { openStage } from '../support/board/stage.ts';
import { landedStory, manyStories } from '../support/board/stories.ts';
import { startLandfall } from '../support/landfall.ts';

const pictures = process.env.LANDFALL_PICTURES ?? fileURLToPath(new URL('../../pictures', import.meta.url));

const hostile = landedStory({
  lab: 'norma',
  name: `Norma "><script>document.title='taken'</script><img src=https://evil.example/x>`,
  at: '2026-02-28T09:00:00.000Z',
  card: 'free',
  over: { text: '<style>*{display:none}</style>', key: 'model:norma', url: 'javascript:alert(1)' },
});

const pages: Readonly<Record<string, string>> = {
  landed: '/',
  filtered: '/?lab=lyra',
  model: '/models/model:ursa/ursa/3',
  hostile: '/models/model:norma',
  promises: '/promises',
  openness: '/openness',
  status: '/status',
  missing: '/nothing-here',
};

if (browserPath === null) console.log('board in a browser: skipped, there is no Chromium (CHROMIUM names one)');

describe.skipIf(browserPath === null)('the board in a browser', () => {
  let browser: Browser;
  let server: Listening;
  let close: () => Promise<void>;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    const { worker, end } = await openStage([...sampleStories, hostile, ...manyStories(10)]);
    await fillSpread(worker.db, 'story-ursa-ursa-3', '2026-02-20');
    server = await listen(openBoard(worker), { host: '127.0.0.1', port: 0 });
    browser = await launch(browserPath ?? '');
    close = end;
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await close?.();
  });

  const named = looks.map((look) => [`${look.scheme}, ${look.width} px, ${look.locale}`, look] as const);

  it.each(named)('is whole, quiet and accessible: %s', async (_, look: Look) => {
    const { page, trouble, close: done } = await openPage(browser, server.address, look);
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`${server.address}${path}`);
      expect([name, await page.getAttribute('html', 'lang')]).toEqual([name, look.locale]);
      expect([name, await violations(page)]).toEqual([name, []]);
      expect([name, await overflow(page)]).toEqual([name, 0]);
      expect(await page.title()).not.toBe('taken');
      await page.screenshot({
        path: join(pictures, `${name}-${look.scheme}-${look.width}-${look.locale}.png`),
        fullPage: true,
      });
    }
    expect(trouble).toEqual([]);
    await done();
  });

  const desk: Look = { scheme: 'light', width: 1280, locale: 'en' };

  it('leads from a landing to its evidence, and back by a filter', async () => {
    const { page, trouble, close: done } = await openPage(browser, server.address, desk);
    await page.goto(server.address);
    await page.getByRole('link', { name: 'Ursa 3', exact: true }).first().click();
    expect(await page.locator('h1').textContent()).toBe('Ursa 3');
    const licence = page.locator('table.card tr', { hasText: 'delta-community-2' });
    expect(await licence.locator('td.evidence a').getAttribute('href')).toBe('https://huggingface.co/ursa/ursa-3');
    await page.getByRole('link', { name: 'ursa', exact: true }).first().click();
    expect(new URL(page.url()).search).toBe('?lab=ursa');
    expect(await page.locator('table.landed tbody tr').count()).toBeGreaterThan(1);
    expect(trouble).toEqual([]);
    await done();
  });

  it('filters as soon as something is chosen, finds what is searched, and clears again', async () => {
    const { page, trouble, close: done } = await openPage(browser, server.address, desk);
    await page.goto(server.address);
    await page.locator('select[name="verdict"]').selectOption('gated');
    await page.waitForURL('**/?verdict=gated');
    expect(await page.locator('table.landed tbody tr').first().textContent()).toContain('gated');
    await page.goto(server.address);
    await page.keyboard.press('/');
    await page.keyboard.type('corvus large');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/?q=corvus+large');
    expect(await page.locator('table.landed tbody th').allTextContents()).toHaveLength(1);
    await page.getByRole('link', { name: 'Clear the filters' }).click();
    expect(new URL(page.url()).search).toBe('');
    await page.getByRole('link', { name: '한국어' }).click();
    expect(await page.getAttribute('html', 'lang')).toBe('ko');
    await page.getByRole('link', { name: '약속', exact: true }).click();
    expect(await page.getAttribute('html', 'lang')).toBe('ko');
    expect(trouble).toEqual([]);
    await done();
  });

  it('works by keyboard alone, and without a script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    await page.goto(server.address);
    await page.keyboard.press('Tab');
    expect(await page.locator('.skip').isVisible()).toBe(true);
    await page.getByRole('searchbox').fill('lyra vision');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.locator('table.landed tbody th').count()).toBe(1);
    await context.close();
  });

  it('shows what `landfall demo --board` replayed', async () => {
    const running = startLandfall(['demo', '--board'], { env: { LANDFALL_LISTEN: '127.0.0.1:0' } });
    await running.says(/the board: http:\/\/\S+/);
    const address = /the board: (http:\/\/\S+)/.exec(running.stderr())?.[1] ?? '';
    const { page, trouble, close: done } = await openPage(browser, address, desk);
    await page.goto(address);
    await page.getByRole('link', { name: 'Grok 2', exact: true }).first().click();
    expect(await page.locator('main').textContent()).toContain('grok2-community');
    await page.screenshot({ path: join(pictures, 'demo-model.png'), fullPage: true });
    expect(trouble).toEqual([]);
    await done();
    expect((await running.stop()).code).toBe(0);
  });
});
