// A bot that knows no lab and no channel's language, with the actions of a test.
import type { Bot, BotActions } from '../../../src/bot/define.ts';

export function plainBot(given: Partial<BotActions> = {}): Bot {
  return {
    // Whatever a test does not give throws when it is asked.
    actions: given as BotActions,
    drafts: { keep: () => '', take: () => null },
    kinds: ['github', 'feed'],
    labs: { nameOf: (id) => id, idOf: () => null },
    suggest: () => [],
    languageOf: () => null,
    now: Date.now,
  };
}
