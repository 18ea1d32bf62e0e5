// An address with a secret in it is not added from Discord, where everybody would be shown it.
import { expect, test } from 'vitest';
import { previewWatch } from '../../src/guilds/add-watch.ts';
import { here, openGuildContext } from '../support/guilds/scene.ts';

const asked = async (kind: string, target: string) => {
  const wish = { kind, target, include: null, exclude: null };
  return (await previewWatch(await openGuildContext(), here, wish, AbortSignal.timeout(10_000))).kind;
};

test.each([
  ['feed', 'https://reader:password@lab.test/feed.xml'],
  ['feed', 'https://token@lab.test/feed.xml'],
  ['feed', 'https://:password@lab.test/feed.xml'],
  ['page', 'https://reader:password@lab.test/news a[href]'],
  ['sitemap', ' https:\\\\reader:password@lab.test/sitemap.xml'],
  ['github', 'https://reader:password@github.com/o/r'],
  ['feed', `https://lab.test/feed.xml?key=\${FEED_KEY}`],
  ['feed', 'https://lab.test/$%7Bfeed_key%7D/feed.xml'],
])('%s %s is refused', async (kind, target) => {
  expect(await asked(kind, target)).toBe('secret');
});

test.each([
  ['feed', 'https://lab.test/@somebody/feed.xml'],
  ['feed', 'https://lab.test/feed.xml?mail=a:b@lab.test'],
  ['page', 'https://lab.test/news a[href*="@"]'],
])('%s %s is not', async (kind, target) => {
  expect(await asked(kind, target)).toBe('ready');
});
