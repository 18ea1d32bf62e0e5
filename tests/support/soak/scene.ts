// The setting of the soak: six channels, targets of every kind, a record of all news, and a strict account of their delivery.
import { makeHome } from '../landfall.ts';
import type { MessageState } from '../world/discord/state.ts';
import { openWorld, type World } from '../world/open.ts';
import { type Ask, openService, type Service } from '../world/service.ts';
import type { Chance } from './chance.ts';
import { hostsOf, openTargets, type SoakTarget } from './targets.ts';

export interface Tally {
  readonly owed: number;
  readonly lost: readonly string[];
  readonly doubledByBot: readonly string[];
  /** Doubtful attempts of a webhook that were repeated. */
  readonly doubledByWebhook: number;
  readonly outOfOrder: readonly string[];
}

export interface Scene {
  readonly world: World;
  readonly receiver: Service;
  readonly targets: readonly SoakTarget[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly write: (name: string, text: string) => Promise<string>;
  /** Publishes news at that many targets. */
  readonly publish: (count: number) => void;
  readonly tally: () => Tally;
  readonly close: () => Promise<void>;
}

interface News {
  readonly word: string;
  readonly target: SoakTarget;
  readonly channels: readonly string[];
}

const bots = ['one', 'two', 'three'] as const;
const hooks = ['four', 'five'] as const;
const other = 'six';

/** The distinct news words in a message; replies and edits contain none. */
function wordsIn(text: string): readonly string[] {
  return [...new Set(text.match(/\bz\d{5}\b/g))];
}

const isCard = (message: MessageState): boolean => message.embeds.length > 0 && message.message_reference === undefined;

export async function openScene(count: number, chance: Chance, more: Readonly<Record<string, string>>): Promise<Scene> {
  const world = await openWorld();
  const home = await makeHome();
  const posted = new Map<string, string>();
  const receiver = await openService({
    name: 'receiver',
    now: world.now,
    handle: ({ method, body, headers }: Ask) => {
      if (method !== 'POST') return null;
      posted.set(String(headers['webhook-id']), body.toString('utf8'));
      return { status: 204 };
    },
  });
  const channels = new Map(bots.map((name) => [name as string, world.discord.channel()]));
  const webhooks = hooks.map((name) => ({ name, ...world.discord.webhook() }));
  for (const { name, channel } of webhooks) channels.set(name, channel);
  const targets = openTargets(world, count);
  const to = new Map(
    targets.map((target, n) => [target, [bots[n % bots.length] ?? 'one', [...hooks, other][n % 3] ?? other] as const]),
  );
  const watch = targets.map((target) => `  - { ${target.entry}, to: [${(to.get(target) ?? []).join(', ')}] }`);
  await home.configure(`schedule: "* * * * * *"
http: { allowPrivate: ${JSON.stringify(['127.0.0.1', ...hostsOf(count)])} }
bot: { commands: false }
channels:
${bots.map((name) => `  ${name}: { discord: { channel: "${channels.get(name)?.id}" } }`).join('\n')}
${webhooks.map(({ name }) => `  ${name}: { discord: { webhook: "\${HOOK_${name.toUpperCase()}}" } }`).join('\n')}
  ${other}: { webhook: { url: "\${RECEIVER}", secret: "\${RECEIVER_SECRET}" } }
watch:
${watch.join('\n')}
`);
  const news: News[] = [];
  const cardsIn = (name: string): readonly MessageState[] => (channels.get(name)?.messages() ?? []).filter(isCard);

  function tally(): Tally {
    const lost: string[] = [];
    const doubledByBot: string[] = [];
    const outOfOrder: string[] = [];
    let doubledByWebhook = 0;
    let owed = 0;
    for (const name of [...bots, ...hooks, other]) {
      const texts = name === other ? [...posted.values()] : cardsIn(name).map((message) => JSON.stringify(message));
      const told = texts.flatMap(wordsIn);
      const times = Map.groupBy(told, (word) => word);
      const expected = news.filter((one) => one.channels.includes(name));
      owed += expected.length;
      for (const { word, target } of expected) {
        const count = times.get(word)?.length ?? 0;
        if (count === 0) lost.push(`${target.entry} ${word} in ${name}`);
        if (count < 2 || name === other) continue;
        if (channels.has(name) && !hooks.some((hook) => hook === name))
          doubledByBot.push(`${target.entry} ${word} in ${name}: ${count}`);
        else doubledByWebhook += count - 1;
      }
      if (!bots.some((bot) => bot === name)) continue;
      const at = new Map(told.map((word, index) => [word, index] as const).toReversed());
      for (const list of Map.groupBy(expected, ({ target }) => target).values()) {
        if (list[0]?.target.ordered !== true) continue;
        const indexes = list.map(({ word }) => at.get(word)).filter((index) => index !== undefined);
        if (indexes.some((index, n) => n > 0 && index < (indexes[n - 1] ?? 0)))
          outOfOrder.push(
            `${list[0].target.entry} in ${name}: ${list.map(({ word }) => `${word}@${at.get(word)}`).join(' ')}`,
          );
      }
    }
    return { owed, lost, doubledByBot, doubledByWebhook, outOfOrder };
  }

  return {
    world,
    receiver,
    targets,
    args: home.args,
    env: {
      ...world.env,
      ...world.tokens,
      ...Object.fromEntries(webhooks.map(({ name, url }) => [`HOOK_${name.toUpperCase()}`, url])),
      RECEIVER: `${receiver.url}/hook`,
      RECEIVER_SECRET: `whsec_${Buffer.from('a key of at least sixteen bytes').toString('base64')}`,
      ...more,
    },
    write: home.write,
    publish: (many) => {
      for (let n = 0; n < many; n += 1) {
        const [first, ...rest] = targets;
        if (first === undefined) return;
        const target = chance.one([first, ...rest]);
        const word = `z${10_000 + news.length}`;
        target.publish(word);
        news.push({ word, target, channels: to.get(target) ?? [] });
      }
    },
    tally,
    close: async () => {
      await Promise.all([world.close(), receiver.close()]);
      await home.remove();
    },
  };
}
