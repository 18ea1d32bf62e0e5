// Much at once: more than twenty items of one look are one grouped message, and more than ten publications hold nothing up.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Once, openPlace, type Place } from '../support/e2e/place.ts';
import { languages, openRooms, type Rooms, refusals } from '../support/e2e/rooms.ts';
import { until } from '../support/landfall.ts';
import type { FeedHandle } from '../support/world/web/open.ts';

const seeds = {
  text: { options: 'mention: ["role:123456789012345678"]' },
  forum: { type: 'forum' },
  press: { type: 'announcement' },
  hook: { by: 'webhook' },
  hooked: { by: 'webhook', type: 'forum' },
  busy: { type: 'announcement' },
} as const;
type Kind = keyof typeof seeds;

const flood = Array.from(
  { length: 25 },
  (_, n) => `article ${n}, ${'which has a rather long title, '.repeat(5)}as they do`,
);
const few = Array.from({ length: 12 }, (_, n) => `news ${n}`);
const words = {
  en: { title: 'http://host/flood.xml: 25 new items', card: (name: string) => `🔵 Reported | ${name} | in the news` },
  ko: { title: 'http://host/flood.xml: 새 항목 25개', card: (name: string) => `🔵 보도 | ${name} | 새 소식` },
} as const;

let place: Place;
let rooms: Rooms<Kind>;
let look: Once;
let published: number;
let news: FeedHandle;

beforeAll(async () => {
  place = await openPlace();
  const { web, discord, now } = place.world;
  discord.limits.buckets['POST /channels/:channel/messages/:message/crosspost'] = { limit: 10, windowMs: 86_400_000 };
  rooms = openRooms(place, seeds);
  const many = web.feed('/flood.xml', { entries: [] });
  news = web.feed('/news.xml', { entries: [] });
  const busy = languages.map((locale) => `busy-${locale}`);
  const others = rooms.all.map(({ name }) => name).filter((name) => !busy.includes(name));
  await place.configure(
    `- { feed: "${many.url}", to: [${others.join(', ')}] }\n- { feed: "${news.url}", to: [${busy.join(', ')}] }`,
    rooms.yaml,
  );
  await place.once({ env: rooms.env });
  published = now() - 1e6;
  for (const [n, title] of flood.entries())
    many.add({ title, link: `https://lab.example/${n}`, published: published + n * 1000 });
  for (const [n, title] of few.entries())
    news.add({ title, link: `https://lab.example/few/${n}`, published: published + n * 1000 });
  look = await place.once({ env: rooms.env });
});
afterAll(() => place.close());

describe.each(languages)('in %s', (locale) => {
  const text = words[locale];

  /** Two pages, numbered, with the place they come from and every item once, in order. */
  function expectGroup(pages: readonly string[]): void {
    expect(pages.map((page) => page.split('\n')[0])).toEqual([`${text.title} (1/2)`, `${text.title} (2/2)`]);
    const lines = pages.flatMap((page) => page.split('\n').slice(1));
    const items = flood.map((title, n) => {
      const at = Math.floor((published + n * 1000) / 1000);
      return `• **${title}** [lab.example](https://lab.example/${n}) <t:${at}:d>`;
    });
    expect(lines).toEqual(['[host](http://host/flood.xml)', ...items]);
  }

  it.each(['text', 'press', 'hook'] as const)('%s: one message that names each, in pages', (kind) => {
    expectGroup(rooms.of(kind, locale).said());
  });

  it.each(['forum', 'hooked'] as const)('%s: one post that names each, its pages in it', (kind) => {
    const [post, ...others] = rooms.of(kind, locale).posts();
    expect([post?.name, post?.tags, others]).toEqual([text.title, [], []]);
    expectGroup(post?.said ?? []);
  });

  it('pings once, not with every page', () => {
    const contents = rooms
      .of('text', locale)
      .messages()
      .map(({ content }) => content);
    expect(contents).toEqual(['<@&123456789012345678>', '']);
  });

  it('announcements: each is told at once, the first ten are published', () => {
    expect(rooms.of('busy', locale).said()).toEqual(few.map(text.card));
    const isOut = rooms
      .of('busy', locale)
      .messages()
      .map(({ flags }) => (flags & 1) === 1);
    expect(isOut).toEqual(few.map((_, n) => n < 10));
    expect(
      rooms
        .of('press', locale)
        .messages()
        .every(({ flags }) => (flags & 1) === 1),
    ).toBe(true);
  });
});

it('nothing failed, nothing waits, and Discord refused only what a webhook cannot know', () => {
  expect([look.code, look.document.owed, look.document.told]).toEqual([0, 0, 2 * (5 * 2 + few.length)]);
  expect(refusals(place)).toEqual(['POST /webhooks/:id/:token 400']);
  expect([place.world.discord.invalidRequests(), place.world.unexpected()]).toEqual([0, []]);
});

it('a worker that has met a limit of a day still ends at once', async () => {
  place.later(3_600_000);
  for (const n of [12, 13]) news.add({ title: `news ${n}`, link: `https://lab.example/few/${n}` });
  const running = place.start('run', { env: rooms.env });
  const told = (): number => languages.reduce((sum, locale) => sum + rooms.of('busy', locale).said().length, 0);
  await until(() => told() === 2 * (few.length + 2), 'two more announcements');
  const asked = performance.now();
  const ended = await running.stop();
  expect([ended.code, ended.signal]).toEqual([0, null]);
  expect(performance.now() - asked).toBeLessThan(10_000);
});
