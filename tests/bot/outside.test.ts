// Text from outside in the bot's answers: never half a character, no direction but that of the letters themselves.
import { expect, it } from 'vitest';
import { complete } from '../../src/bot/complete.ts';
import type { Ask, BotActions } from '../../src/bot/define.ts';
import { hidden } from '../../src/bot/watching.ts';
import { bare, inline, lines } from '../../src/channels/discord/text.ts';
import { plainBot } from '../support/bot/bot.ts';

/** Every sign that turns the direction of what follows, or isolates it. */
const turning = '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c';
const letters = 'שלום عالم Grok';

it('a long answer ends with a whole character', () => {
  for (let before = 1_880; before < 1_905; before += 1) {
    const { content = '' } = hidden(`${'x'.repeat(before)}${'🛬'.repeat(40)}`);
    expect(content.isWellFormed()).toBe(true);
    expect(content.length).toBeLessThanOrEqual(2_000);
    expect(content.endsWith('…')).toBe(true);
  }
  expect(hidden('short').content).toBe('short');
});

it('suggestions turn no direction, and keep letters that are read from right to left', async () => {
  const items = [...turning].map((sign, n) => ({ name: `${sign}${letters}${sign}`, url: `https://a.test/${n}` }));
  const actions = { stories: { items: async () => items } } as unknown as BotActions;
  const bot = plainBot(actions);
  const ask: Ask = {
    place: { guild: '1', channel: '2' },
    person: '3',
    locale: 'ko',
    openLocale: 'ko',
    manages: true,
    attaches: false,
    missing: [],
    command: 'why',
    options: { item: 'a' },
  };
  const choices = await complete(bot, ask, 'item');
  expect(choices.map(({ name }) => name)).toEqual(items.map(() => letters));
});

it('neither do names, labels and notes', () => {
  for (const sign of turning) {
    for (const shown of [inline, bare].map((show) => show(`a${sign}${letters}`, 300)))
      expect(shown).toBe(`a${letters}`);
    expect(lines(`a${sign}${letters}`, 300)).toBe(`a${letters}`);
  }
});
