// A bot without known labs or channel languages, with the actions that a test gives.
import type { Bot, BotActions } from '../../../src/bot/define.ts';

export function plainBot(given: Partial<BotActions> = {}): Bot {
  return {
    // An action that the test does not give throws when it is called.
    actions: given as BotActions,
    drafts: { keep: () => '', take: () => null },
    kinds: ['github', 'feed'],
    labs: { nameOf: (id) => id, idOf: () => null },
    suggest: () => [],
    languageOf: () => null,
    now: Date.now,
  };
}
