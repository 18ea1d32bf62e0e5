// The bot connected to the stand-in's gateway in this process, with a test's actions and a test's clock.
import { onTestFinished } from 'vitest';
import type { Bot, BotActions } from '../../../src/bot/define.ts';
import { createDrafts } from '../../../src/bot/drafts.ts';
import { keepBot } from '../../../src/bot/gateway.ts';
import type { Person } from '../world/discord/invocation.ts';
import { openWorld, type World } from '../world/open.ts';
import { plainBot } from './bot.ts';
import { createShardBoard } from './shards.ts';

export interface Staged {
  readonly world: World;
  readonly bot: Bot;
  readonly said: readonly string[];
  readonly anyone: Person;
  /** A person with Manage Server. */
  readonly boss: Person;
  /** Makes every answer take longer than the bot lets Discord wait, or no longer. */
  readonly slow: (is: boolean) => void;
}

type Given = { readonly [Group in keyof BotActions]?: Partial<BotActions[Group]> };

/** An action that the test does not give throws when it is called. */
export async function openBot(given: Given): Promise<Staged> {
  const world = await openWorld();
  const stop = new AbortController();
  const said: string[] = [];
  const graceMs = 1_000;
  let slow = false;
  let ids = 0;
  let registered = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    registered = resolve;
  });
  const bot: Bot = {
    ...plainBot(given as Partial<BotActions>),
    drafts: createDrafts(Date.now, () => {
      ids += 1;
      return `draft-${ids}`;
    }),
  };
  const kept = keepBot(
    {
      bot,
      token: world.discord.token,
      apiUrl: world.discord.url,
      userAgent: 'Landfall/test',
      now: Date.now,
      wait: async (ms, signal) => {
        if (signal.aborted || (ms === graceMs && slow)) return;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
      log: { info: (text) => said.push(text), warn: (text) => said.push(text) },
      shards: createShardBoard(Date.now).worker('alone'),
      registered: { read: async () => null, write: async () => registered() },
    },
    stop.signal,
  );
  onTestFinished(async () => {
    stop.abort();
    await kept;
    await world.close();
  });
  await ready;
  const anyone: Person = { channelId: world.discord.channel().id };
  return {
    world,
    bot,
    said,
    anyone,
    boss: { ...anyone, permissions: ['ManageGuild'] },
    slow: (is) => {
      slow = is;
    },
  };
}
