// Lists that are longer than a message: everything in them can be reached, and only managers change what is there.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageFrom } from '../../src/bot/pages.ts';
import type { WatchHere } from '../../src/guilds/watches.ts';
import type { Story } from '../../src/types/story.ts';
import { openBot } from '../support/bot/scene.ts';
import { grok } from '../support/channels/stories.ts';
import { buttonOf, textOf } from '../support/e2e/bot-scene.ts';
import type { MessageState } from '../support/world/discord/state.ts';

function given(message: MessageState | null): MessageState {
  if (message === null) throw new Error('no message');
  return message;
}

function idsOf(message: MessageState): readonly string[] {
  const rows = message.components as readonly { readonly components: readonly { readonly custom_id: string }[] }[];
  return rows.flatMap(({ components }) => components.map(({ custom_id: id }) => id));
}

const watches = Array.from({ length: 60 }, (_, n): WatchHere => {
  const target = `feed:https://lab${n}.test/${'long/'.repeat(n % 50)}feed.xml`;
  const none = {
    mutedUntil: null,
    include: null,
    exclude: null,
    lastAt: null,
    targetId: 'github:acme/widget',
    failing: null,
  };
  return { id: `w${n}`, target, handle: target, by: 'here', paused: false, ...none };
});
const pledge = { by: 'xAI', quoteUrl: null, saidAt: '2026-01-01T00:00:00Z', zone: 'UTC', dueFrom: null, dueTo: null };
const promised = Array.from(
  { length: 9 },
  (_, n): Story => ({
    ...grok,
    id: `story-${n}`,
    name: `Model ${n}`,
    pledge: { ...pledge, confirmed: false, state: n < 3 ? 'overdue' : 'open' },
  }),
);

describe('a page', () => {
  it('leads to every entry, forward and back, whatever the entries weigh', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { maxLength: 60 }), (weights) => {
        const at = (from: number) => pageFrom(weights, from, [10, 5], (weight) => [weight, 1]);
        const seen: number[] = [];
        let from: number | null = 0;
        let last = 0;
        while (from !== null) {
          const page = at(from);
          expect(page.entries.length).toBeGreaterThan(weights.length === 0 ? -1 : 0);
          if (page.entries.length > 1) expect(page.entries.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(10);
          seen.push(...page.entries);
          last = from;
          from = page.after;
        }
        expect(seen).toEqual(weights);
        for (let before: number | null = last; before !== null; before = at(before).before) last = before;
        expect(last).toBe(0);
      }),
    );
  });

  it('of a list that has become shorter, or of nonsense, is one that is there', () => {
    const at = (from: number) => pageFrom(['a', 'b'], from, [1], () => [1]).entries;
    expect([at(7), at(-1), at(Number.NaN), at(0.5)]).toEqual([['b'], ['a'], ['a'], ['a']]);
  });
});

it('/watch list shows every watch, page by page, in its own message', async () => {
  const { world, boss } = await openBot({ watches: { here: async () => watches } });
  const { people } = world.discord;
  const message = given(await (await people.slash('watch list', {}, boss)).message());
  const seen: string[] = [];
  for (let pages = 1; ; pages += 1) {
    const text = textOf(message);
    expect(text).toContain('60 watches for this channel');
    seen.push(...[...text.matchAll(/feed:https:\/\/lab(\d+)\.test/g)].map(([, n]) => String(n)));
    const next = idsOf(message).find((id) => id === `page:watches:${seen.length}`);
    if (next === undefined) break;
    expect((await people.press(message, next, boss)).type).toBe(7);
    expect(pages).toBeLessThan(20);
  }
  expect(seen).toEqual(watches.map((_, n) => String(n)));
  const back = buttonOf(message, 'page:watches');
  await people.press(message, back, { ...boss, locale: 'ko' });
  expect(JSON.stringify(message.components)).toContain('더 보기');
});

it('every unconfirmed promise can be answered, by managers', async () => {
  const answered: string[] = [];
  const left = () => promised.filter(({ id }) => !answered.includes(id));
  const { world, anyone, boss } = await openBot({
    promises: {
      here: async () => ({
        overdue: left().filter((story) => story.pledge?.state === 'overdue'),
        open: left().filter((story) => story.pledge?.state === 'open'),
        kept: [grok],
        unconfirmed: left(),
      }),
      answer: async (_place, id) => answered.push(id) > 0,
    },
  });
  const { people } = world.discord;
  const message = given(await (await people.slash('promises', {}, anyone)).message());
  expect(idsOf(message).filter((id) => id.startsWith('pledge:confirmed'))).toHaveLength(4);
  expect(textOf(message)).toMatch(/Overdue.*Model 0.*Model 2.*Open.*Model 3/s);
  expect((await people.press(message, buttonOf(message, 'page:promises'), anyone)).type).toBe(7);
  expect(textOf(message)).toMatch(/Open.*Model 4.*Model 7/s);
  const denied = await people.press(message, buttonOf(message, 'pledge:confirmed:story-7'), anyone);
  expect([denied.type, denied.data.content]).toEqual([4, expect.stringContaining('Manage Server')]);
  await people.press(message, buttonOf(message, 'pledge:confirmed:story-7'), boss);
  // The same page, without what was answered.
  expect(textOf(message)).toMatch(/Model 4.*Model 8.*Kept.*Grok 2/s);
  await people.press(message, buttonOf(message, 'pledge:dismissed:story-8'), boss);
  expect(answered).toEqual(['story-7', 'story-8']);
  for (const id of idsOf(message)) expect(id.length).toBeLessThanOrEqual(100);
  await people.press(message, buttonOf(message, 'page:promises:0'), boss);
  expect(textOf(message)).toContain('Model 0');
});

it('/latest goes back page by page, also of one lab', async () => {
  const landed = Array.from({ length: 40 }, (_, n): Story => ({ ...grok, id: `s${n}`, name: `Model ${n}.` }));
  const { world, anyone } = await openBot({ stories: { latest: async () => landed } });
  const { people } = world.discord;
  const message = given(await (await people.slash('latest', { lab: 'xai' }, anyone)).message());
  expect(textOf(message)).toContain('Model 0.');
  await people.press(message, buttonOf(message, 'page:latest:'), anyone);
  expect(textOf(message)).not.toContain('Model 0.');
  expect(textOf(message)).toContain('Landed last: xai');
  expect(idsOf(message).every((id) => id.endsWith(':xai'))).toBe(true);
  const long = await (await people.slash('latest', { lab: 'x'.repeat(99) }, anyone)).message();
  expect(given(long).components).toEqual([]);
});
